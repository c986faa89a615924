import type { Language } from "#entities/vocabulary.js";
import { slackTexts } from "#src/i18n/slack.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { Installation, InstallationBook } from "./installation.js";
import type { ResponseUrls } from "./response-url.js";

/** True for somebody of another workspace, who takes part in a shared channel. */
export function isForeign(userTeam: string | null | undefined, team: string): boolean {
  if (userTeam === undefined || userTeam === null) return false;
  // An organisation (E…) is no workspace: who is named by it may belong to this one.
  return userTeam.startsWith("T") && userTeam !== team;
}

/** Who asked for something, and where the answer goes. */
interface Asked {
  readonly user: { readonly team_id?: string | null | undefined };
  readonly response_url?: string | undefined;
}

interface BorderParts {
  readonly book: InstallationBook;
  readonly responses: ResponseUrls;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly language: Language;
  /** Does something that Slack's request does not wait for. */
  readonly later: (work: () => Promise<unknown>) => void;
}

/** Lets in what is for a connected workspace and asked by its own people; the rest is refused and noted. */
export class TenantBorder {
  readonly #parts: BorderParts;

  constructor(parts: BorderParts) {
    this.#parts = parts;
  }

  /** The installation that a payload is for, or null with a line in the log and the audit. */
  async installation(team: string | undefined): Promise<Installation | null> {
    const { book, clock, logger } = this.#parts;
    const found = team === undefined ? null : await book.find(team);
    if (found !== null) return found;
    logger.warn(
      { team: team ?? "none" },
      "Slack sent something of a workspace that is not connected; connect it under /slack/install",
    );
    await book.refused(team ?? "", clock.now());
    return null;
  }

  /** Refuses what somebody of another workspace asks for, with a word to them; true when it was refused. */
  async refuses({ team }: Installation, { user, response_url: address }: Asked): Promise<boolean> {
    if (!isForeign(user.team_id, team)) return false;
    const { book, responses, clock, language, later } = this.#parts;
    await book.refused(user.team_id ?? "", clock.now());
    const text = slackTexts[language].edge.otherTeam;
    if (address !== undefined) later(() => responses.answer(address, { text }));
    return true;
  }
}
