import type { Installation, InstallationBook } from "#adapters/slack/installation.js";
import { SLACK } from "#adapters/slack/slack-ids.js";
import type { PlatformInstallation } from "#entities/index.js";
import { type Clock, HOUR } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { Logger } from "#src/shared/logger.js";
import { RecentMap } from "#src/shared/recent-map.js";
import { Secret } from "#src/shared/secret.js";
import type { Store } from "#src/store/store.js";
import type { Envelope } from "./envelope.js";
import { CONFIGURED, tokenPlace } from "./sealed-tokens.js";

/** Workspaces that were refused and are remembered. */
const MOST_STRANGERS = 1_000;
/** Another process may have connected or removed a workspace: memory is believed for so long. */
const BELIEVED_MS = 30_000;

export interface StoredInstallationsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Seals tokens; null where the only token stands in the configuration. */
  readonly envelope: Envelope | null;
  /** The token of the configuration, which is never written down. */
  readonly configured: Secret | null;
}

interface Remembered {
  readonly installation: Installation | null;
  readonly until: number;
}

/** The workspaces in our own database: tokens sealed, asked for from memory. */
export class StoredInstallations implements InstallationBook {
  readonly #parts: StoredInstallationsParts;
  readonly #memory = new Map<string, Remembered>();
  readonly #refusedUntil = new RecentMap<number>(MOST_STRANGERS);

  constructor(parts: StoredInstallationsParts) {
    this.#parts = parts;
  }

  async find(team: string): Promise<Installation | null> {
    const known = this.#memory.get(team);
    const now = this.#parts.clock.now();
    if (known !== undefined && known.until > now) return known.installation;
    const row = await this.#parts.store.read((tx) =>
      tx.installations.first({ platform: SLACK, workspace: team, removedAt: null }),
    );
    const installation = row === null ? null : this.#opened(row);
    this.#memory.set(team, { installation, until: now + BELIEVED_MS });
    return installation;
  }

  async all(): Promise<readonly Installation[]> {
    const rows = await this.#parts.store.read((tx) =>
      tx.installations.find(
        { platform: SLACK, removedAt: null },
        { order: { installedAt: "asc" } },
      ),
    );
    return rows.flatMap((row) => this.#opened(row) ?? []);
  }

  async save(installation: Installation, at: number): Promise<void> {
    const id = stableId("installation", SLACK, installation.team);
    const row: PlatformInstallation = {
      id,
      platform: SLACK,
      workspace: installation.team,
      name: installation.teamName,
      appId: installation.appId,
      botUserId: installation.botUserId,
      botId: installation.botId,
      sealedToken: this.#sealed(id, installation.token),
      scopes: installation.scopes,
      installedBy: installation.installedBy,
      installedAt: at,
      removedAt: null,
    };
    await this.#parts.store.write(async (tx) => {
      const known = await tx.installations.first({ id });
      const { id: _id, ...patch } = row;
      if (known === null) await tx.installations.insert(row);
      else await tx.installations.update({ id }, patch);
      await tx.record({
        at,
        actorId: installation.installedBy === "" ? "config" : installation.installedBy,
        act: "slack.connected",
        subject: installation.team,
      });
    });
    this.#memory.delete(installation.team);
  }

  async refused(team: string, at: number): Promise<void> {
    // A workspace may ask a thousand times: one line an hour tells as much.
    if ((this.#refusedUntil.get(team) ?? 0) > at) return;
    this.#refusedUntil.set(team, at + HOUR);
    const subject = /^[TE][A-Z0-9]{2,20}$/.test(team) ? team : "unknown";
    await this.#parts.store.write((tx) =>
      tx.record({ at, actorId: "slack", act: "slack.refused", subject }),
    );
  }

  async remove(team: string, at: number): Promise<void> {
    await this.#parts.store.write(async (tx) => {
      const changed = await tx.installations.update(
        { platform: SLACK, workspace: team, removedAt: null },
        { removedAt: at, sealedToken: null },
      );
      if (changed > 0)
        await tx.record({ at, actorId: "slack", act: "slack.removed", subject: team });
    });
    this.#memory.delete(team);
  }

  #sealed(id: string, token: Secret): string {
    const { configured, envelope } = this.#parts;
    const value = token.reveal();
    if (configured?.reveal() === value || envelope === null) return CONFIGURED + markOf(token);
    return envelope.seal(value, tokenPlace(id));
  }

  #opened(row: PlatformInstallation): Installation | null {
    const token = this.#token(row);
    if (token === null) return null;
    const { workspace, name, appId, botUserId, botId, scopes, installedBy } = row;
    return { team: workspace, teamName: name, appId, botUserId, botId, token, scopes, installedBy };
  }

  /** The token of a row; null when it is another configuration's, or no key opens it. */
  #token({ id, sealedToken, workspace }: PlatformInstallation): Secret | null {
    const { configured, envelope, logger } = this.#parts;
    if (sealedToken === null) return null;
    if (sealedToken.startsWith(CONFIGURED))
      return configured !== null && sealedToken === CONFIGURED + markOf(configured)
        ? configured
        : null;
    try {
      return envelope === null ? null : new Secret(envelope.open(sealedToken, tokenPlace(id)));
    } catch (error) {
      logger.error(
        { team: workspace, err: error },
        "the token of a workspace cannot be opened; connect Slack again",
      );
      return null;
    }
  }
}

/** Tells which token of a configuration a row was written by. */
function markOf(token: Secret): string {
  return stableId("token", token.reveal()).slice(0, 16);
}
