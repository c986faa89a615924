import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { botMessageId } from "#adapters/simulated/simulated-chat.js";
import type { SimulatedPayload } from "#adapters/simulated/simulated-payload.js";
import type { StoreLocation } from "#src/store/data-source.js";
import type { FromChild, PlatformCall, ToChild } from "./wire.js";

const PROCESS = fileURLToPath(new URL("./service-process.ts", import.meta.url));

/** Something that was said on the platform. */
export interface Said {
  readonly key: string;
  readonly kind: string;
  readonly room: string;
}

/**
 * Where a process dies, besides at any time: as soon as its n-th acknowledgement from now on is out,
 * or while it posts something, just before or just after the platform has taken that.
 */
export type DeathBed =
  | { readonly kind: "acknowledging"; readonly left: number }
  | { readonly kind: "posting"; readonly taken: boolean };

/** The platform outlives the service: it remembers what was said and sends again what was not acknowledged. */
export class FakePlatform {
  readonly said: Said[] = [];
  #bed: DeathBed | undefined;
  #died: (() => void) | undefined;
  readonly #acknowledged = new Set<number>();
  readonly #waiters = new Map<number, (acknowledged: boolean) => void>();
  #numbers = 0;

  /** Hands one event to a process; false when the process died or refused before acknowledging it. */
  offer(life: Life, payload: SimulatedPayload): Promise<boolean> {
    this.#numbers += 1;
    const number = this.#numbers;
    return new Promise((resolve) => {
      const unhook = life.onEnd(() => done(false));
      const done = (acknowledged: boolean): void => {
        unhook();
        this.#waiters.delete(number);
        resolve(acknowledged);
      };
      this.#waiters.set(number, done);
      life.send({ type: "event", number, payload });
    });
  }

  /** Lets the next process that comes to this point die there; resolves when it is dead. */
  death(bed: DeathBed): Promise<void> {
    this.#bed = bed;
    return new Promise((resolve) => {
      this.#died = resolve;
    });
  }

  /** Nobody has to die any more. */
  reprieve(): void {
    this.#bed = undefined;
  }

  #dies(life: Life): void {
    this.#bed = undefined;
    void life.kill().then(() => this.#died?.());
  }

  /** Takes what a process says; what a killed one had still in the wire counts as said. */
  receive(life: Life, message: FromChild): void {
    switch (message.type) {
      case "ready":
        return;
      case "acknowledged":
        this.#acknowledged.add(message.number);
        this.#waiters.get(message.number)?.(true);
        if (this.#bed?.kind !== "acknowledging") return;
        this.#bed = { ...this.#bed, left: this.#bed.left - 1 };
        if (this.#bed.left <= 0) this.#dies(life);
        return;
      case "refused":
        this.#waiters.get(message.number)?.(false);
        return;
      case "call":
        if (this.#bed?.kind === "posting" && message.what.method === "post") {
          if (this.#bed.taken) this.#act(message.what);
          this.#dies(life);
          return;
        }
        life.send({ type: "answer", call: message.call, value: this.#act(message.what) });
    }
  }

  #act(what: PlatformCall): string | null {
    switch (what.method) {
      case "post": {
        const { key, kind, room } = what.request;
        this.said.push({ key, kind, room });
        return botMessageId(key);
      }
      case "find":
        return this.said.some((one) => one.room === what.room && one.key === what.key)
          ? botMessageId(what.key)
          : null;
      case "edit":
        return "";
    }
  }
}

/** One life of a service process. */
export class Life {
  readonly #child: ChildProcess;
  readonly #enders = new Set<() => void>();
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  alive = true;

  constructor(location: StoreLocation, platform: FakePlatform) {
    this.#child = fork(PROCESS, {
      execArgv: ["--import", "tsx", "--conditions=source"],
      env: { ...process.env, HUIYIN_CRASH_STORE: JSON.stringify(location) },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.ended = new Promise((resolve) => {
      this.#child.once("exit", () => {
        this.alive = false;
        for (const end of this.#enders) end();
        resolve();
      });
    });
    this.ready = new Promise((resolve) => {
      this.#child.on("message", (message: FromChild) => {
        if (message.type === "ready") resolve();
        platform.receive(this, message);
      });
    });
  }

  onEnd(listener: () => void): () => void {
    if (!this.alive) queueMicrotask(listener);
    this.#enders.add(listener);
    return () => this.#enders.delete(listener);
  }

  send(message: ToChild): void {
    if (this.alive && this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Dies like in a power cut: no signal handler, no farewell. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }
}
