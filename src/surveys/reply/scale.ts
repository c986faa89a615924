import { AppError } from "#src/shared/app-error.js";

/** One listed option of a choice question; `id` is what a member types, `label` what it stands for. */
export interface ScaleOption {
  readonly id: string;
  readonly label: string;
}

/** What kind of answer a posted question takes, as far as reading a typed reply needs to know. */
export type Scale =
  | { readonly kind: ScoreKind }
  | { readonly kind: "yesno" }
  | { readonly kind: "gap" }
  | { readonly kind: "text" }
  | { readonly kind: OptionKind; readonly options: readonly ScaleOption[] };

/** Scales answered with a number. */
export type ScoreKind = "csat" | "nps" | "ces";

/** Scales answered with one or several listed options. */
export type OptionKind = "choice" | "multi";

export type OptionScale = Extract<Scale, { readonly kind: OptionKind }>;

/** Lowest and highest answer of a scored scale, and whether a typed half point is kept as it is. */
export interface ScoreRange {
  readonly min: number;
  readonly max: number;
  readonly halves: boolean;
}

/** The ranges behind csat (1–5), nps (0–10, whole numbers only) and ces (1–7). */
export const SCORE_RANGES: Readonly<Record<ScoreKind, ScoreRange>> = {
  csat: { min: 1, max: 5, halves: true },
  nps: { min: 0, max: 10, halves: false },
  ces: { min: 1, max: 7, halves: true },
};

const PLAIN_SPECS: ReadonlyMap<string, Scale> = new Map<string, Scale>([
  ["csat5", { kind: "csat" }],
  ["csat", { kind: "csat" }],
  ["nps", { kind: "nps" }],
  ["ces7", { kind: "ces" }],
  ["ces", { kind: "ces" }],
  ["yesno", { kind: "yesno" }],
  ["gap", { kind: "gap" }],
  ["text", { kind: "text" }],
]);

const MAX_OPTIONS = 26;
const MAX_SPEC_LENGTH = 4_000;
const EXPECTED = "csat5, nps, ces7, gap, yesno, text, choice:A=…|B=… or multi:A=…|B=…";

/**
 * Reads a scale from its short form: `csat5`, `nps`, `ces7`, `gap`, `yesno`, `text`,
 * `choice:A=草莓|B=蓝莓` or `multi:1=送晚了|2=少发`. Throws `invalid-input` for anything else.
 */
export function parseScale(spec: string): Scale {
  const plain = PLAIN_SPECS.get(spec);
  if (plain !== undefined) return plain;
  const colon = spec.indexOf(":");
  const kind = spec.slice(0, Math.max(colon, 0));
  if ((kind === "choice" || kind === "multi") && spec.length <= MAX_SPEC_LENGTH) {
    return { kind, options: readOptions(spec.slice(colon + 1)) };
  }
  throw badSpec(`The scale "${spec.slice(0, 40)}" is not known.`);
}

function readOptions(list: string): readonly ScaleOption[] {
  const options = list.split("|").map((part): ScaleOption => {
    const equals = part.indexOf("=");
    const id = part.slice(0, Math.max(equals, 0)).trim();
    const label = part.slice(equals + 1).trim();
    if (id === "" || label === "")
      throw badSpec(`The option "${part.slice(0, 40)}" needs id=label.`);
    return { id, label };
  });
  if (options.length < 2 || options.length > MAX_OPTIONS) {
    throw badSpec(`A list of options needs 2 to ${MAX_OPTIONS} of them, not ${options.length}.`);
  }
  const ids = new Set(options.map((option) => option.id.toLowerCase()));
  if (ids.size !== options.length) throw badSpec("Two options have the same id.");
  return options;
}

function badSpec(message: string): AppError {
  return new AppError("invalid-input", message, { field: "scale", expected: EXPECTED });
}

/** True for the scales that are answered with a number: csat, nps and ces. */
export function isScoreKind(kind: Scale["kind"]): kind is ScoreKind {
  return kind === "csat" || kind === "nps" || kind === "ces";
}
