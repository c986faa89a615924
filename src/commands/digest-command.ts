import type { Digest, Group } from "#entities/index.js";
import { REFERENCE_LENGTH } from "#src/digests/digest-message.js";
import { digestTexts } from "#src/i18n/digests.js";
import type { ChoiceRow } from "#src/platform/outbound-message.js";
import type { Place } from "#src/store/place.js";
import type { Answer, Call } from "./command-call.js";
import { groupsInReach } from "./command-scope.js";
import { DIGEST_ACTS, type DigestAct, leadingAct } from "./sub-words.js";

const MOST_SHOWN = 5;

/** `digest`: the summaries that wait; `digest approve|withhold REFERENCE`: decides about one. */
export async function digestCommand(call: Call): Promise<Answer | null> {
  const groups = await groupsInReach(call.tx, call);
  const waiting = await waitingOf(call, groups);
  const found = call.rest === "" ? null : leadingAct(DIGEST_ACTS, call.rest);
  if (found === null) {
    if (call.rest !== "" && call.tentative) return null;
    return { text: overview(call, waiting) };
  }
  const reference = found.rest.replace(/^[#＃]/, "").toLowerCase();
  const [only] = waiting;
  // With one summary waiting nobody has to copy its reference.
  const bare = reference === "" && waiting.length === 1 && only !== undefined;
  if (reference === "" && !bare)
    return { text: overview(call, waiting), ...buttons(call, waiting) };
  const wanted = bare ? only.digest.id : reference;
  const about = waiting.find(({ digest }) => digest.id.startsWith(wanted));
  const outcome = await call.rooms.digests.decide(call.tx, placeFor(call.place, about?.group), {
    act: found.act,
    reference: wanted,
    at: call.at,
  });
  return { text: outcome.text };
}

interface Waiting {
  readonly digest: Digest;
  readonly group: Group;
}

async function waitingOf({ tx }: Call, groups: readonly Group[]): Promise<readonly Waiting[]> {
  if (groups.length === 0) return [];
  const rows = await tx.digests.find(
    { groupId: groups.map((group) => group.id), audience: "public", state: "waiting" },
    { order: { windowEnd: "desc", id: "asc" }, limit: MOST_SHOWN },
  );
  return rows.flatMap((digest) => {
    const group = groups.find((one) => one.id === digest.groupId);
    return group === undefined ? [] : [{ digest, group }];
  });
}

/** In a staff room the room decides; elsewhere the group itself, of whose staff the asker is. */
function placeFor(place: Place, group: Group | undefined): Place {
  if (group === undefined || (place.group.purpose === "staff" && !place.direct)) return place;
  return { ...place, group, membership: { ...place.membership, role: "staff" } };
}

function overview({ texts, language }: Call, waiting: readonly Waiting[]): string {
  if (waiting.length === 0) return texts.digest.none;
  const { staffRoom } = digestTexts[language];
  const parts = waiting.map(({ digest, group }) =>
    [
      staffRoom.waiting(group.name),
      digest.text,
      texts.digest.withCommand(digest.id.slice(0, REFERENCE_LENGTH)),
    ].join("\n"),
  );
  return [texts.digest.heading(waiting.length), ...parts].join("\n\n");
}

function buttons(
  { language }: Call,
  waiting: readonly Waiting[],
): { readonly choices?: readonly ChoiceRow[] } {
  const { staffRoom } = digestTexts[language];
  const label: Record<DigestAct, string> = {
    approve: staffRoom.approve,
    withhold: staffRoom.withhold,
  };
  const choices = waiting.flatMap(({ digest, group }) =>
    (["approve", "withhold"] as const).map((act) => ({
      action: `digest.${act}`,
      choices: [{ label: `${label[act]}: ${group.name}`.slice(0, 60), value: digest.id }],
    })),
  );
  return choices.length === 0 ? {} : { choices };
}
