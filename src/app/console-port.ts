import type { SessionSource } from "#adapters/wechat/session-view.js";
import type { Member } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import type { Health } from "#src/console/contract/care.js";
import type { CardRequest, ConsolePort } from "#src/console/contract/console-port.js";
import type { LiveEvent } from "#src/console/contract/live.js";
import { buildReportCard } from "#src/digests/report.js";
import { httpTexts } from "#src/i18n/http.js";
import { picturesReady, renderDigestCard } from "#src/pictures/render-digest-card.js";
import { AppError } from "#src/shared/app-error.js";
import { SECOND } from "#src/shared/clock.js";
import type { Picture } from "#src/shared/picture.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import type { Transaction } from "#src/store/transaction.js";
import { actOnCase, caseForConsole, listForConsole } from "./console-cases.js";
import { customersGroup, groupsForConsole, overviewForConsole } from "./console-overview.js";
import { wechatForConsole } from "./console-wechat.js";
import type { App } from "./create-app.js";

/** Changes within this time are told in one. */
const COALESCE_MS = 250;
const HEALTH_MS = 5 * SECOND;
/** How the directory names people who act in the console. */
const CONSOLE = "console";

/** What the console needs besides the product's own rooms. */
export interface ConsolePortParts {
  readonly app: App;
  /** The language in which the owner is named to others. */
  readonly language: Language;
  /** Empty when the service can do its work; otherwise what is wrong, in words. */
  readonly troubles: () => Promise<readonly string[]>;
  /** How pictures are drawn; the product's own way unless told otherwise. */
  readonly pictures?: Pictures;
  /** The session of the WeChat account; absent where WeChat is not configured. */
  readonly wechat?: SessionSource | null;
}

/** How pictures are drawn, and whether they can be. */
export interface Pictures {
  readonly ready: () => Promise<Health["pictures"]>;
  readonly draw: (model: DigestCardModel) => Promise<Pick<Picture, "bytes">>;
}

const OWN_PICTURES: Pictures = { ready: () => picturesReady(), draw: renderDigestCard };

/** The {@link ConsolePort} on an application that may be replaced (the demo begins anew). */
export interface AppConsole extends ConsolePort {
  /** Goes on with another application. */
  follow(app: App): void;
}

/** Builds the console's port. */
export function createConsolePort(parts: ConsolePortParts): AppConsole {
  let app = parts.app;
  const { pictures = OWN_PICTURES } = parts;
  const watched = new Watched(parts);
  watched.follow(app);
  const now = (): number => app.clock.now();
  return {
    groups: () => app.store.read(groupsForConsole),
    overview: (groupId, span) =>
      app.store.read((tx) => overviewForConsole(tx, groupId, span, now())),
    cases: (filter) => app.store.read((tx) => listForConsole(tx, filter, now())),
    case: (id) => app.store.read((tx) => caseForConsole(tx, id, now())),
    act: async (id, action, by) => {
      const outcome = await app.store.write(async (tx) => {
        const member = await operatorOf(tx, by.operatorId, parts.language, now());
        return actOnCase(tx, id, action, { member, language: by.language, now: now() });
      });
      watched.changed();
      return outcome;
    },
    digestCard: (request) => cardOf(app, request, pictures),
    health: () => healthOf(app, parts),
    wechat: async () => wechatForConsole(parts.wechat ?? null),
    watch: (listener) => watched.watch(listener),
    follow: (next) => {
      app = next;
      watched.follow(next);
    },
  };
}

/** Reads what the card shows, then draws it outside the transaction: drawing takes longer. */
async function cardOf(
  app: App,
  { groupId, ...request }: CardRequest,
  pictures: Pictures,
): Promise<Uint8Array> {
  const model = await app.store.read(async (tx) =>
    buildReportCard(digestReadModel, tx, { group: await customersGroup(tx, groupId), ...request }),
  );
  const { ready, detail } = await pictures.ready();
  if (!ready) throw new AppError("not-supported", detail);
  return (await pictures.draw(model)).bytes;
}

/** The person behind a sign-in, as cases and audit know them; made when they act for the first time. */
async function operatorOf(
  tx: Transaction,
  id: string,
  language: Language,
  at: number,
): Promise<Member> {
  const known = await tx.directory.memberById(id);
  if (known !== null) return known;
  const member: Member = {
    id,
    platform: CONSOLE,
    externalId: id,
    name: httpTexts[language].owner,
    createdAt: at,
    mutedAt: null,
    optedOutAt: null,
    erasedAt: null,
  };
  await tx.directory.members.insertNew([member], "id");
  return member;
}

async function healthOf(app: App, parts: ConsolePortParts): Promise<Health> {
  const troubles = [...(await parts.troubles())];
  const { pictures = OWN_PICTURES } = parts;
  return {
    status: troubles.length === 0 ? "ready" : "not ready",
    troubles,
    adapters: [...app.adapters.values()].map((adapter) => {
      const { state, detail } = adapter.health();
      return { platform: adapter.platform, state, detail };
    }),
    pictures: await pictures.ready(),
  };
}

/** Tells pages what to read again: soon after commits, and when the health is another. */
class Watched {
  readonly #parts: ConsolePortParts;
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  #app: App | undefined;
  #unhook: (() => void) | undefined;
  #soon: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  #health = "";

  constructor(parts: ConsolePortParts) {
    this.#parts = parts;
  }

  follow(app: App): void {
    this.#unhook?.();
    this.#app = app;
    this.#unhook = app.store.onWake(() => this.changed());
    this.changed();
  }

  changed(): void {
    if (this.#listeners.size === 0) return;
    if (this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.#tell({ type: "changed", topics: ["groups", "cases", "overview"] });
    }, COALESCE_MS).unref();
  }

  watch(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    this.#look ??= setInterval(() => void this.#lookAtHealth(), HEALTH_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#look);
      this.#look = undefined;
    };
  }

  async #lookAtHealth(): Promise<void> {
    if (this.#app === undefined) return;
    const health = await healthOf(this.#app, this.#parts)
      .then((value) => JSON.stringify(value))
      .catch(() => "unknown");
    if (this.#health !== "" && health !== this.#health) {
      this.#tell({ type: "changed", topics: ["health"] });
    }
    this.#health = health;
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
