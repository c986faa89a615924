import type { Group, RoomAlias } from "#entities/index.js";
import { CODE_MINUTES, heldRooms, issueCode, lostGroups } from "#src/directory/room-binding.js";
import { bindingTexts } from "#src/i18n/room-binding.js";
import { isAlone } from "./answer.js";
import type { Answer, Call } from "./command-call.js";
import { BIND_ACTS } from "./sub-words.js";
import { foldWidth } from "./text-scan.js";

/** What is asked about one held room. */
interface Wish {
  readonly number: string;
  readonly act: "new" | "staff" | "old" | null;
  /** Which of the groups from before, from 1. */
  readonly choice: number;
}

/** Reads `3`, `3 new`, `3 staff`, `3 old` and `3 old 2`; null when it is none of them. Pure. */
export function readBindWords(args: readonly string[]): Wish | null {
  const [first = "", word, which, ...rest] = args.map(foldWidth);
  const number = /^#?(\d{1,9})$/.exec(first)?.[1];
  if (number === undefined || rest.length > 0) return null;
  if (word === undefined) return { number, act: null, choice: 1 };
  const act = BIND_ACTS.get(word);
  if (act === undefined || (which !== undefined && act !== "old")) return null;
  const choice = /^\d{1,3}$/.exec(which ?? "1")?.[0];
  return choice === undefined ? null : { number, act, choice: Number(choice) };
}

/**
 * `bind`: the rooms that are listened to and not served; `bind NUMBER`: a code to be said in one of
 * them. Answered only where nobody but staff reads: whoever knows the code can have the room.
 */
export async function bindCommand(call: Call): Promise<Answer | null> {
  const { tx, place, args, language } = call;
  const texts = bindingTexts[language];
  const wish = readBindWords(args);
  if (wish === null && call.rest !== "" && call.tentative) return null;
  if (place.group.purpose !== "staff" && !isAlone(call))
    return { text: texts.notHere, neutral: true };
  const rooms = (await heldRooms(tx)).filter(
    ({ platform }) => place.group.purpose === "staff" || platform === place.group.platform,
  );
  if (wish === null) return { text: overview(rooms, call) };
  const room = rooms.find(({ number }) => number === Number(wish.number));
  return { text: room === undefined ? texts.unknown(wish.number) : await order(call, room, wish) };
}

function overview(rooms: readonly RoomAlias[], { language }: Call): string {
  const texts = bindingTexts[language];
  if (rooms.length === 0) return texts.nobodyWaits;
  return texts.list(
    rooms.map((room) =>
      texts.heldRoom({
        number: room.number,
        topic: topicOf(room, language),
        members: room.memberMarks.length,
        heard: room.heard,
      }),
    ),
  );
}

async function order(call: Call, room: RoomAlias, wish: Wish): Promise<string> {
  const { tx, place, at, language } = call;
  const texts = bindingTexts[language];
  const topic = topicOf(room, language);
  // The room that this is said in is not lost.
  const lost = (await lostGroups(tx, room)).filter(({ id }) => id !== place.group.id);
  const choices = lost.map(({ name }, index) => ({ choice: index + 1, name }));
  // A group from before that goes on as a new one would lose its votes and cases unasked.
  if (wish.act === null && lost.length > 0) return texts.which(room.number, topic, choices);
  const old = wish.act === "old" ? lost[wish.choice - 1] : null;
  if (old === undefined) return texts.noSuchGroup(String(wish.choice));
  const purpose = old?.purpose ?? (wish.act === "staff" ? "staff" : "customers");
  const code = await issueCode(tx, {
    room,
    purpose,
    lost: old,
    staffGroupId: old === null && purpose === "customers" ? staffRoomOf(place.group) : null,
    issuedBy: place.member.id,
    at,
  });
  return texts.code({ topic, code, minutes: CODE_MINUTES, purpose, lost: old?.name ?? null });
}

/** Where the alerts of the new group go: to the staff who bind it. */
function staffRoomOf(group: Group): string | null {
  return group.purpose === "staff" ? group.id : group.staffGroupId;
}

function topicOf({ topic }: RoomAlias, language: Call["language"]): string {
  return topic === "" ? bindingTexts[language].noTopic : topic;
}
