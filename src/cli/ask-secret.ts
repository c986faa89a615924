import { AppError } from "#src/shared/app-error.js";

const LONGEST = 1_000;
const ENTER = ["\r", "\n"];
const ERASE = ["\u007f", "\b"];
const INTERRUPT = "\u0003";
const END = "\u0004";

/**
 * Asks at the terminal without showing what is typed; from a pipe it takes the first line. Throws
 * `usage` when the person gives up or nothing comes.
 */
export async function askSecret(
  question: string,
  input: NodeJS.ReadStream = process.stdin,
  screen: NodeJS.WritableStream = process.stderr,
): Promise<string> {
  if (input.isTTY) screen.write(question);
  if (input.isTTY) input.setRawMode(true);
  try {
    return await readLine(input);
  } finally {
    if (input.isTTY) input.setRawMode(false);
    input.pause();
    if (input.isTTY) screen.write("\n");
  }
}

function readLine(input: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = "";
    const finish = (settle: () => void): void => {
      input.off("data", take);
      input.off("end", end);
      settle();
    };
    const giveUp = (): void =>
      finish(() => reject(new AppError("usage", "No password was given. Nothing changed.")));
    const end = (): void => (typed === "" ? giveUp() : finish(() => resolve(typed)));
    const take = (chunk: Buffer | string): void => {
      for (const character of chunk.toString()) {
        if (ENTER.includes(character)) {
          end();
          return;
        }
        if (character === INTERRUPT || character === END) {
          giveUp();
          return;
        }
        typed = ERASE.includes(character) ? [...typed].slice(0, -1).join("") : typed + character;
        if (typed.length > LONGEST) {
          giveUp();
          return;
        }
      }
    };
    input.on("data", take);
    input.on("end", end);
    input.resume();
  });
}
