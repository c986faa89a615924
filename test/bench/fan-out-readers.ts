import { fork } from "node:child_process";
import { on } from "node:events";
import { connect, type Socket } from "node:net";

const READERS = "--readers";
const NEWLINE = 0x0a;

/** What the readers are to do: so many connections, what each says first, and what greets it. */
export interface ReaderTask {
  readonly port: number;
  readonly count: number;
  readonly request: string;
  /** Frames (ended by an empty line) that come by themselves; a reader is there when it has them. */
  readonly greeting: number;
}

/** Readers in a process of their own, so that their work is not counted as the server's. */
export interface Readers {
  /** Resolves when each has read one frame more; the system's monotonic time then, ns. */
  readonly next: () => Promise<bigint>;
  readonly close: () => void;
}

/** Starts readers; resolves when all of them listen. */
export async function startReaders(task: ReaderTask): Promise<Readers> {
  const child = fork(import.meta.filename, [READERS, JSON.stringify(task)]);
  const said = on(child, "message", { close: ["exit"] });
  const heard = async (): Promise<bigint> => {
    const { value, done } = (await said.next()) as IteratorResult<[string], undefined>;
    if (done === true) throw new Error("the readers ended");
    return BigInt(value[0]);
  };
  for (let frame = 0; frame < Math.max(1, task.greeting); frame += 1) await heard();
  return { next: heard, close: () => child.kill() };
}

/** Calls back at each empty line that a socket brings. */
function onFrame(socket: Socket, tell: () => void): void {
  let wasNewline = false;
  socket.on("data", (bytes) => {
    for (const byte of bytes) {
      const isNewline = byte === NEWLINE;
      if (isNewline && wasNewline) tell();
      wasNewline = isNewline && !wasNewline;
    }
  });
}

function read(task: ReaderTask): void {
  let frames = 0;
  let there = 0;
  const say = (): void => void process.send?.(String(process.hrtime.bigint()));
  for (let index = 0; index < task.count; index += 1) {
    const socket = connect(task.port, "127.0.0.1", () => {
      socket.write(task.request);
      there += 1;
      if (task.greeting === 0 && there === task.count) say();
    });
    onFrame(socket, () => {
      frames += 1;
      if (frames % task.count === 0) say();
    });
    socket.on("error", () => process.exit(1));
  }
}

const [, , option, task] = process.argv;
if (option === READERS && task !== undefined) read(JSON.parse(task) as ReaderTask);
