import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type * as Library from "wechaty";
import { AppError } from "#src/shared/app-error.js";

/** A message's payload, as far as it is read. Fields that every puppet should fill are not trusted. */
export interface RawMessage {
  readonly id?: string;
  readonly type?: number;
  readonly text?: string;
  readonly talkerId?: string;
  readonly fromId?: string;
  readonly roomId?: string;
  /** Seconds on some puppets, milliseconds on others. */
  readonly timestamp?: number;
  readonly mentionIdList?: readonly (string | undefined)[];
}

export interface RawRoom {
  readonly topic?: string;
  readonly ownerId?: string;
  readonly memberIdList?: readonly (string | undefined)[];
}

export interface RawContact {
  readonly name?: string;
  readonly type?: number;
  readonly friend?: boolean;
}

/** What the puppet tells by itself, one payload per event. */
export interface RawEvents {
  readonly scan: { readonly qrcode?: string; readonly status?: number };
  readonly login: { readonly contactId: string };
  readonly logout: { readonly contactId?: string };
  readonly ready: unknown;
  readonly heartbeat: unknown;
  readonly message: { readonly messageId: string };
  readonly "room-join": {
    readonly roomId: string;
    readonly inviteeIdList?: readonly (string | undefined)[];
    readonly timestamp?: number;
  };
  readonly "room-leave": {
    readonly roomId: string;
    readonly removeeIdList?: readonly (string | undefined)[];
    readonly timestamp?: number;
  };
  readonly "room-topic": {
    readonly roomId: string;
    readonly newTopic?: string;
    readonly changerId?: string;
    readonly timestamp?: number;
  };
}

/** A file as wechaty's own package makes it; only handed on. */
export type RawFile = object;

/** What the adapter uses of a puppet. */
export interface RawPuppet {
  readonly state: { active(): boolean | "pending" };
  readonly isLoggedIn: boolean;
  readonly currentUserId: string;
  on<Name extends keyof RawEvents>(name: Name, listener: (payload: RawEvents[Name]) => void): this;
  messagePayload(id: string): Promise<RawMessage>;
  roomList(): Promise<readonly string[]>;
  roomPayload(id: string): Promise<RawRoom>;
  roomPayloadDirty(id: string): Promise<void>;
  roomMemberPayload(room: string, id: string): Promise<{ readonly roomAlias?: string }>;
  roomMemberPayloadDirty(room: string): Promise<void>;
  contactPayload(id: string): Promise<RawContact>;
  messageSendText(to: string, text: string, mentions?: string[]): Promise<string | undefined>;
  messageSendFile(to: string, file: RawFile): Promise<string | undefined>;
}

/** What the adapter uses of a wechaty bot. */
export interface RawBot {
  readonly puppet: RawPuppet;
  init(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  on(name: "error", listener: (error: unknown) => void): this;
}

export interface RawBotOptions {
  /** The session file's path without its ending `.memory-card.json`. */
  readonly name: string;
  /** Name of the puppet's package, or a puppet. */
  readonly puppet: string | object;
  readonly puppetOptions?: Readonly<Record<string, unknown>>;
}

/** The packages behind the adapter. */
export interface Wechaty {
  build(options: RawBotOptions): RawBot;
  file(bytes: Uint8Array, name: string): RawFile;
}

/** What a person types to get wechaty, in the version that Huiyin was tested with. */
export const INSTALL_COMMAND = "npm install wechaty@1.20.2";

const here = createRequire(import.meta.url);

/**
 * Loads wechaty, which is only needed where WeChat is switched on. Its own lines go nowhere: they
 * would hold the words of members. Throws `invalid-config` with the install command when it is missing.
 */
export async function loadWechaty(
  load: () => Promise<typeof Library> = () => import("wechaty"),
): Promise<Wechaty> {
  const [library, files] = await Promise.all([importLibrary(load), importFiles()]);
  library.log.level("silent");
  return {
    // The types of wechaty's builder are wider than what is true of a puppet: ours say what is used.
    build: (options) =>
      library.WechatyBuilder.build(
        options as Parameters<typeof library.WechatyBuilder.build>[0],
      ) as unknown as RawBot,
    file: (bytes, name) => files.FileBox.fromBuffer(Buffer.from(bytes), name),
  };
}

async function importLibrary(load: () => Promise<typeof Library>): Promise<typeof Library> {
  try {
    return await load();
  } catch (cause) {
    throw missing("wechaty", INSTALL_COMMAND, cause);
  }
}

interface FileModule {
  readonly FileBox: { fromBuffer(bytes: Buffer, name: string): RawFile };
}

/** The file package that wechaty itself uses, wherever npm has put it. */
async function importFiles(): Promise<FileModule> {
  try {
    const path = createRequire(here.resolve("wechaty")).resolve("file-box");
    return (await import(pathToFileURL(path).href)) as FileModule;
  } catch (cause) {
    throw missing("wechaty", INSTALL_COMMAND, cause);
  }
}

/**
 * Makes sure that a puppet's package is there. Throws `invalid-config` with the install command when
 * it is missing or the name is none.
 */
export function requirePuppet(name: string): void {
  if (!/^(?:@[a-z0-9][\w.-]{0,60}\/)?[a-z0-9][\w.-]{0,100}$/i.test(name))
    throw new AppError("invalid-config", "The puppet's name is not the name of an npm package.", {
      field: "HUIYIN_WECHAT_PUPPET",
    });
  try {
    createRequire(here.resolve("wechaty")).resolve(name);
  } catch (cause) {
    throw missing(name, `npm install ${name}`, cause);
  }
}

function missing(name: string, command: string, cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const absent = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
  return new AppError(
    "invalid-config",
    absent
      ? `WeChat is switched on, but the package ${name} is not installed. Run: ${command}`
      : `WeChat is switched on, but the package ${name} cannot be loaded. Run again: ${command}`,
    { remedy: command, cause },
  );
}
