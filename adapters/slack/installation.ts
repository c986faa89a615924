import type { Secret } from "#src/shared/secret.js";

/** The app in one workspace: who the bot is there, and what lets it in. */
export interface Installation {
  readonly team: string;
  readonly teamName: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly token: Secret;
  readonly scopes: readonly string[];
  /** Slack's id of whoever installed it; empty where a token was set by hand. */
  readonly installedBy: string;
}

/** The workspaces that the app is installed in. Kept by the application, with tokens sealed. */
export interface InstallationBook {
  /** The installation in a workspace, or null. Asked for each event: answers from memory where it can. */
  find(team: string): Promise<Installation | null>;
  all(): Promise<readonly Installation[]>;
  /** Keeps an installation; a newer one takes the place of the older. */
  save(installation: Installation, at: number): Promise<void>;
  /** Something was asked from a workspace that may not, and refused: worth a line in the audit, now and then. */
  refused(team: string, at: number): Promise<void>;
  /** The app was removed, or its token withdrawn: the token is forgotten. */
  remove(team: string, at: number): Promise<void>;
}
