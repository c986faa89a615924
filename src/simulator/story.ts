import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { LANGUAGES, ROLES } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";

const id = z.string().min(1).max(60);
const bilingual = z.strictObject({ zh: z.string(), en: z.string() });

const people = z.strictObject({
  rooms: z.array(
    z.strictObject({
      id,
      name: z.string(),
      purpose: z.enum(["customers", "staff"]),
      language: z.enum(LANGUAGES),
      timeZone: z.string(),
      look: z.enum(["slack", "wechat"]),
      staffRoom: id.optional(),
    }),
  ),
  members: z.array(
    z.strictObject({
      id,
      name: z.string(),
      role: z.enum(ROLES),
      language: z.enum(LANGUAGES),
      character: bilingual,
      colour: z.number().int().min(0).max(7),
      rooms: z.array(id).min(1),
    }),
  ),
  /** What staff tell the bot on the first morning. */
  setup: z.array(z.strictObject({ room: id, member: id, text: z.string() })),
});

const score = z.string().min(1).max(4);
const said = { room: id, member: id, text: z.string().min(1), id: id.optional() };
const spoken = { ...said, repliesTo: id.optional() };
const voted = { room: id, member: id, vote: score, why: z.string().min(1).optional() };
/** What staff do with the case that a line opened; without `to` with their oldest open one. */
const handled = {
  room: id,
  member: id,
  to: id.optional(),
  take: z.literal(true).optional(),
  resolve: z.string().min(1).optional(),
  dismiss: z.string().min(1).optional(),
};
const reacted = { room: id, member: id, reaction: z.string().min(1), to: id };

const past = {
  day: z.number().int().min(-60).max(-1),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
};
const historyLine = z.union([
  z.strictObject({ ...past, ...spoken }),
  z.strictObject({ ...past, ...voted }),
  z.strictObject({ ...past, ...reacted }),
  z.strictObject({ ...past, ...handled }),
]);

const offset = {
  minute: z.number().int().min(0).max(2_880),
  second: z.number().int().min(0).max(59).default(0),
};
const scenarioLine = z.union([
  z.strictObject({ ...offset, ...spoken }),
  z.strictObject({ ...offset, ...voted }),
  z.strictObject({ ...offset, ...reacted }),
  z.strictObject({ ...offset, ...handled }),
  z.strictObject({ ...offset, room: id, survey: z.enum(["csat", "nps", "ces"]) }),
]);

export type People = z.infer<typeof people>;
export type HistoryLine = z.infer<typeof historyLine>;
export type ScenarioLine = z.infer<typeof scenarioLine>;

/** The scenarios that a visitor may start, in the order of the page. */
export const SCENARIO_IDS = ["ordinary-day", "bad-batch", "silent-group", "praise"] as const;
export type ScenarioId = (typeof SCENARIO_IDS)[number];

/** Everything that is written of the pretend world. */
export interface Stories {
  readonly people: People;
  readonly history: readonly HistoryLine[];
  readonly scenarios: ReadonlyMap<ScenarioId, readonly ScenarioLine[]>;
}

const OWN_STORIES = fileURLToPath(new URL("./stories", import.meta.url));

/** Reads the stories of a folder, the product's own by default. Throws `internal` naming file and line at fault. */
export function loadStories(folder: string = OWN_STORIES): Stories {
  const scenarios = SCENARIO_IDS.map(
    (name) => [name, readLines(path.join(folder, `${name}.jsonl`), scenarioLine)] as const,
  );
  return {
    people: readPeople(path.join(folder, "people.json")),
    history: readLines(path.join(folder, "history.jsonl"), historyLine),
    scenarios: new Map(scenarios),
  };
}

function readPeople(file: string): People {
  return checked(people, JSON.parse(readFileSync(file, "utf8")), file);
}

function readLines<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema>[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .map((text, index) => ({ text, place: `${file}:${String(index + 1)}` }))
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, place }) => checked(schema, JSON.parse(text), place));
}

function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError("internal", `The story cannot be read at ${place}.`, { cause: parsed.error });
}
