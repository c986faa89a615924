import { botMessageId } from "#adapters/simulated/simulated-chat.js";
import type { SimulatedPayload } from "#adapters/simulated/simulated-payload.js";
import { stableId } from "#src/shared/ids.js";
import type { DeedLine, MessageLine, SurveyLine } from "./transcript.js";

/** Ids of what the bot said begin so, on the pretend platform and in transcripts. */
const OF_THE_BOT = botMessageId("");

/** Id of the run that a transcript's survey line opens: the same on every replay. */
export function transcriptRunId(line: string): string {
  return stableId("transcript-run", line);
}

/** True when a deed answers, presses or reacts to something the bot said: that must be said first. */
export function refersToBot(line: DeedLine): boolean {
  switch (line.kind) {
    case "message":
      return line.repliesTo?.startsWith(OF_THE_BOT) ?? false;
    case "press":
      return true;
    case "reaction":
      return line.to.startsWith(OF_THE_BOT);
    case "recall":
    case "edit":
    case "command":
    case "join":
      return false;
  }
}

/** Turns deeds of a transcript into what the pretend platform sends; remembers who said what, for quotes. */
export class TranscriptTeller {
  readonly #speakers = new Map<string, string>();
  readonly #surveys = new Set<string>();

  /** Remembers a survey line, which later messages may answer. */
  opened(line: SurveyLine): void {
    this.#surveys.add(`${line.group}/${line.id}`);
  }

  /** Remembers the speaker of a message, which later messages may quote. */
  heard(line: DeedLine): void {
    if (line.kind === "message") this.#speakers.set(`${line.group}/${line.id}`, line.member);
  }

  /** The payload of a deed; the same line makes the same one each time. */
  payload(line: DeedLine): SimulatedPayload {
    const base = {
      id: `${line.group}/${line.id}`,
      at: line.at,
      room: line.group,
      person: { id: line.member, name: line.name ?? line.member, role: line.role },
    };
    switch (line.kind) {
      case "message":
        return {
          ...base,
          type: "said",
          messageId: line.id,
          text: line.text,
          ...this.#quoteOf(line),
        };
      case "reaction": {
        const { to: messageId, reaction, change } = line;
        return { ...base, type: "reacted", messageId, reaction, change };
      }
      case "recall":
        return { ...base, type: "took-back", messageId: line.message };
      case "edit":
        return { ...base, type: "changed", messageId: line.message, text: line.text };
      case "press": {
        const { message: messageId, action, value } = line;
        return { ...base, type: "pressed", messageId, action, value };
      }
      case "command":
        return { ...base, type: "commanded", text: line.text };
      case "join":
        return { ...base, type: "moved", change: "joined", who: "member" };
    }
  }

  #quoteOf(line: MessageLine): Pick<Extract<SimulatedPayload, { type: "said" }>, "quote"> {
    const { repliesTo, quoted, group } = line;
    if (repliesTo === undefined) return {};
    const text = quoted === undefined ? {} : { text: quoted };
    const key = `${group}/${repliesTo}`;
    if (this.#surveys.has(key)) {
      const messageId = botMessageId(`card:${transcriptRunId(key)}`);
      return { quote: { messageId, ofBot: true, ...text } };
    }
    if (repliesTo.startsWith(OF_THE_BOT)) {
      return { quote: { messageId: repliesTo, ofBot: true, ...text } };
    }
    const personId = this.#speakers.get(key);
    const author = personId === undefined ? {} : { personId };
    return { quote: { messageId: repliesTo, ...author, ...text } };
  }
}
