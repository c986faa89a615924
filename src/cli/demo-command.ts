import { spawn } from "node:child_process";
import { once } from "node:events";
import { currentEnvironment, type Environment } from "#src/app/config.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { simulatorTexts } from "#src/i18n/simulator.js";
import { type DemoOptions, type RunningDemo, startDemo } from "#src/simulator/run-demo.js";
import { EXIT } from "./exit-codes.js";
import type { Output } from "./output.js";

export interface DemoCommandOptions {
  readonly data: string;
  readonly port?: number;
  /** Open the browser where that can be done. */
  readonly open: boolean;
  /** Play the written day in the terminal instead. */
  readonly play: boolean;
  readonly speed: number;
  readonly story?: string;
}

const BOTH = [simulatorTexts.zh.frame, simulatorTexts.en.frame] as const;
const PROGRESS_STEPS = 5;
const END_OF_TEXT = "\u0003";

/** Runs the demo until SIGTERM, SIGINT or Ctrl+C, or plays the written day. Returns the exit code. */
export async function demo(options: DemoCommandOptions, output: Output): Promise<number> {
  if (options.play) {
    const { playDemo } = await import("./play-demo.js");
    await playDemo(options, output);
    return EXIT.ok;
  }
  // Told to end before everything stands is told to end as well.
  const ended = endSignal();
  const running = await startDemo({
    data: options.data,
    ...(options.port === undefined ? {} : { port: options.port }),
    detector: createDetector(),
    onSeeding: progress(output),
  });
  const keys = listenToKeys(running, output);
  try {
    // The page shows itself how the three weeks come in.
    if (options.open && mayOpen(currentEnvironment())) openBrowser(running.link());
    const first = await Promise.race([running.ready().then(() => "ready"), ended]);
    if (first === "ready") {
      await frame(running, options.data, output, keys !== null);
      await Promise.race([ended, ...(keys === null ? [] : [keys.ended])]);
    }
  } finally {
    keys?.stop();
    await running.stop();
  }
  for (const texts of BOTH) output.say(texts.stopped);
  return EXIT.ok;
}

/** A few words now and then: the terminal is no page. */
function progress(output: Output): NonNullable<DemoOptions["onSeeding"]> {
  let told = -1;
  return ({ done, total }) => {
    const step = Math.floor((done / Math.max(1, total)) * PROGRESS_STEPS);
    if (step <= told || done === total) return;
    told = step;
    output.say(BOTH.map((texts) => texts.seeding(done, total)).join("  "));
  };
}

/** What a newcomer needs to know; the address is the last line. */
async function frame(
  running: RunningDemo,
  data: string,
  output: Output,
  hasKeys: boolean,
): Promise<void> {
  for (const texts of BOTH) {
    const lines = [texts.mode(data), texts.over, texts.next, ...(hasKeys ? [texts.keys] : [])];
    output.say(["", ...lines.map((line) => `  ${line}`)].join("\n"));
  }
  output.say("");
  await output.line(`  ${BOTH.map((texts) => texts.console).join(" ")}  ${running.link()}`);
}

interface Keys {
  /** Resolves on Ctrl+C, which a terminal in this mode hands over as a key. */
  readonly ended: Promise<string>;
  stop(): void;
}

/** `o` opens the browser, `l` prints a new link; null where nobody sits at a terminal. */
function listenToKeys(running: RunningDemo, output: Output): Keys | null {
  const { stdin } = process;
  if (!stdin.isTTY) return null;
  const interrupted = new AbortController();
  const listener = (key: string): void => {
    if (key === "o") openBrowser(running.link());
    else if (key === "l") void output.line(`  ${running.link()}`);
    else if (key === END_OF_TEXT) interrupted.abort();
  };
  stdin.setRawMode(true).setEncoding("utf8").on("data", listener).resume();
  return {
    ended: once(interrupted.signal, "abort").then(() => "SIGINT"),
    stop: () => {
      stdin.off("data", listener).setRawMode(false).pause();
    },
  };
}

/** Only where a person sits at this machine's own screen. */
function mayOpen(environment: Environment): boolean {
  const away = ["CI", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"];
  return process.stdout.isTTY && away.every((name) => !environment[name]);
}

/** Asks the system for its browser; where there is none, the printed address is enough. */
function openBrowser(address: string): void {
  const [command, ...before] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", '""']
        : ["xdg-open"];
  const child = spawn(command ?? "xdg-open", [...before, address], {
    stdio: "ignore",
    detached: true,
  });
  child.on("error", () => undefined).unref();
}

function endSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve("SIGTERM"));
    process.once("SIGINT", () => resolve("SIGINT"));
  });
}
