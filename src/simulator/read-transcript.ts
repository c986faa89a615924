import { parseTranscriptLine, type TranscriptLine } from "#src/app/transcript.js";
import { AppError, isAppError } from "#src/shared/app-error.js";

/** All lines of a transcript. Throws `invalid-input` naming the first line that cannot be used, or that there is none. */
export function readTranscript(text: string): readonly [TranscriptLine, ...TranscriptLine[]] {
  const lines = text.split("\n").flatMap((line, index) => {
    return line.trim() === "" ? [] : [readLine(line, index + 1)];
  });
  const [first, ...rest] = lines;
  if (first === undefined) {
    throw new AppError("invalid-input", "The transcript has no lines.", {
      field: "transcript",
      expected: "one line of JSON per message",
    });
  }
  return [first, ...rest];
}

function readLine(line: string, number: number): TranscriptLine {
  try {
    return parseTranscriptLine(line);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { expected } = error.detail;
    throw new AppError("invalid-input", `Line ${String(number)}: ${error.message}.`, {
      field: "transcript",
      ...(expected === undefined ? {} : { expected }),
    });
  }
}
