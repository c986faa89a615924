import { readFileSync } from "node:fs";
import type { z } from "zod";

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One variable that cannot be used, in words a person can act on. */
export interface ConfigFault {
  readonly variable: string;
  readonly expected: string;
  readonly example: string;
}

/** A variable as it is read and explained. */
export interface Variable {
  readonly name: string;
  readonly expected: string;
  readonly example: string;
  readonly schema: z.ZodType;
}

function fromFile(
  env: Environment,
  name: string,
): { readonly value?: string; readonly fault?: ConfigFault } {
  const file = env[`${name}_FILE`];
  if (file === undefined || file === "") return {};
  try {
    return { value: readFileSync(file, "utf8").trim() };
  } catch {
    return {
      fault: {
        variable: `${name}_FILE`,
        expected: "a file that can be read",
        example: "/run/secrets/database-url",
      },
    };
  }
}

/**
 * Reads a variable, also from the file that its `_FILE` twin names. What is wrong is added to
 * `faults`; the result is then of no use.
 */
export function readVariable(
  env: Environment,
  variable: Variable,
  faults: ConfigFault[],
  exampleFor: (raw: string | undefined) => string = () => variable.example,
): unknown {
  const { value, fault } = fromFile(env, variable.name);
  if (fault !== undefined) faults.push(fault);
  const raw = value ?? env[variable.name];
  // A variable that is there and empty, as compose files make them, is not set.
  const parsed = variable.schema.safeParse(raw?.trim() === "" ? undefined : raw);
  if (parsed.success) return parsed.data;
  faults.push({
    variable: variable.name,
    expected: variable.expected,
    example: exampleFor(raw),
  });
  return undefined;
}

/** All faults in one text: variable, what was expected, an example; never the value, which may be a secret. */
export function describeFaults(faults: readonly ConfigFault[]): string {
  const lines = faults.map(
    (fault) =>
      `  ${fault.variable}: expected ${fault.expected}, for example ${fault.variable}=${fault.example}`,
  );
  return `The configuration has ${String(faults.length)} ${faults.length === 1 ? "fault" : "faults"}:\n${lines.join("\n")}`;
}
