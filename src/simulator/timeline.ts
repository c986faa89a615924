import type { SimulatedPost } from "#src/app/simulation.js";
import type { DeedLine, TranscriptLine } from "#src/app/transcript.js";
import type { Page } from "#src/console/contract/common.js";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import type { Cast } from "./cast.js";
import { PictureShelf } from "./picture-shelf.js";
import { Shelf } from "./shelf.js";

/** Lines of each room that are kept. */
const MOST_LINES = 5_000;

/** The id of a line on the page: of a member's message or of something the bot said. */
export function lineIdOf(room: string, messageId: string): string {
  return `${room}/${messageId}`;
}

/** Address of a picture that the bot posted. */
function pictureUrl(lineId: string): string {
  return `/api/v1/simulator/pictures/${encodeURIComponent(lineId)}`;
}

/** What the rooms look like: every line as it stands now, the newest of each room. */
export class Timeline {
  readonly #lines = new Shelf<SimulatedLine>(MOST_LINES);
  readonly #pictures = new PictureShelf();
  readonly #cast: Cast;
  readonly #onLine: (line: SimulatedLine) => void;

  constructor(cast: Cast, onLine: (line: SimulatedLine) => void) {
    this.#cast = cast;
    this.#onLine = onLine;
  }

  get(id: string): SimulatedLine | undefined {
    return this.#lines.get(id);
  }

  page(
    room: string,
    page: { readonly before?: string; readonly limit: number },
  ): Page<SimulatedLine> {
    return this.#lines.page(room, page);
  }

  picture(lineId: string): Uint8Array | null {
    return this.#pictures.bytes(lineId);
  }

  /** Shows what a line of a transcript changes in its room. */
  happened(line: TranscriptLine): void {
    switch (line.kind) {
      case "group":
        this.#cast.group(line);
        return;
      case "act":
      case "survey":
      case "time":
        return;
      default:
        this.#cast.seen(line);
        this.#did(line);
    }
  }

  /** Shows what the bot said or changed. `at` is the world's time, epoch ms. */
  posted(post: SimulatedPost, change: "posted" | "edited", at: number): void {
    this.#cast.spokenIn(post.room);
    const id = lineIdOf(post.room, post.messageId);
    const choices = choicesOf(post);
    const known = this.#lines.get(id);
    if (change === "edited") {
      if (known !== undefined) this.#put({ ...known, text: post.text, choices, edited: true });
      return;
    }
    this.#put({
      ...blankLine(id, post.room, at),
      kind: post.kind,
      text: post.text,
      choices,
      quote: post.quotes === null ? null : this.#quoteOf(lineIdOf(post.room, post.quotes)),
      onlyFor: post.onlyFor,
      picture: this.#keepPicture(id, post),
    });
  }

  #did(line: DeedLine): void {
    switch (line.kind) {
      case "message":
        this.#said(line);
        return;
      case "command":
        this.#put({
          ...blankLine(lineIdOf(line.group, line.id), line.group, line.at),
          memberId: line.member,
          kind: "command",
          text: line.text === "" ? "/huiyin" : `/huiyin ${line.text}`,
          // What is typed to the bot as a command is seen by nobody else.
          onlyFor: line.member,
        });
        return;
      case "reaction":
        this.#change(line.group, line.to, (target) => ({
          reactions: reactionsAfter(target.reactions, line),
        }));
        return;
      case "recall":
        this.#change(line.group, line.message, () => ({ recalled: true, text: "", reactions: [] }));
        return;
      case "edit":
        this.#change(line.group, line.message, () => ({ text: line.text, edited: true }));
        return;
      case "press":
      case "join":
        return;
    }
  }

  #said(line: Extract<DeedLine, { kind: "message" }>): void {
    const quoted =
      line.repliesTo === undefined ? null : this.#quoteOf(lineIdOf(line.group, line.repliesTo));
    this.#put({
      ...blankLine(lineIdOf(line.group, line.id), line.group, line.at),
      memberId: line.member,
      kind: "message",
      text: line.text,
      quote: quoted,
    });
  }

  #quoteOf(lineId: string): SimulatedLine["quote"] {
    const line = this.#lines.get(lineId);
    if (line === undefined) return null;
    return { lineId, memberId: line.memberId, text: line.text };
  }

  #change(
    room: string,
    messageId: string,
    patch: (line: SimulatedLine) => Partial<SimulatedLine>,
  ): void {
    const known = this.#lines.get(lineIdOf(room, messageId));
    if (known !== undefined) this.#put({ ...known, ...patch(known) });
  }

  #keepPicture(id: string, { picture }: SimulatedPost): SimulatedLine["picture"] {
    if (picture === null) return null;
    const gone = this.#lines.get(this.#pictures.put(id, picture) ?? "");
    if (gone !== undefined) this.#lines.put({ ...gone, picture: null });
    const { width, height, alt } = picture;
    return { url: pictureUrl(id), width, height, alt };
  }

  #put(line: SimulatedLine): void {
    this.#lines.put(line);
    this.#onLine(line);
  }
}

function blankLine(id: string, room: string, at: number): SimulatedLine {
  return {
    id,
    room,
    at,
    memberId: null,
    kind: "",
    text: "",
    choices: [],
    quote: null,
    reactions: [],
    recalled: false,
    edited: false,
    onlyFor: null,
    picture: null,
  };
}

function choicesOf(post: SimulatedPost): SimulatedLine["choices"] {
  return post.choices.map(({ action, choices }) => ({
    action,
    choices: choices.map(({ label, value, style }) => ({
      label,
      value,
      ...(style === undefined ? {} : { style }),
    })),
  }));
}

function reactionsAfter(
  known: SimulatedLine["reactions"],
  { reaction, member, change }: Extract<DeedLine, { kind: "reaction" }>,
): SimulatedLine["reactions"] {
  const others = (ids: readonly string[]): string[] => ids.filter((id) => id !== member);
  const rest = known.map((one) =>
    one.reaction === reaction ? { ...one, memberIds: others(one.memberIds) } : one,
  );
  if (change === "removed") return rest.filter((one) => one.memberIds.length > 0);
  const there = rest.some((one) => one.reaction === reaction);
  return there
    ? rest.map((one) =>
        one.reaction === reaction ? { ...one, memberIds: [...one.memberIds, member] } : one,
      )
    : [...rest, { reaction, memberIds: [member] }];
}
