import { CHART_LIMITS } from "./chart-block.js";
import { chartFaults } from "./chart-limits.js";

/** Where blocks are shown: each surface has its own number of blocks and kinds. */
export type Surface = "message" | "modal" | "home";

/** What Slack would refuse, and where. */
export interface BlockFault {
  /** Path inside the payload, for example `blocks[2].text.text`. */
  readonly path: string;
  readonly problem: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Most blocks by surface. */
const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

/**
 * All texts of a message together. Slack documents no such limit and refuses a little above 13,000
 * characters; this is the length that is planned with.
 */
const LONGEST_TOGETHER = 10_000;

/** Limits that hold wherever a field stands: by the block's type, then by field. */
const TEXT_LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  section: { text: 3_000 },
  header: { text: 150 },
  button: { text: 75 },
  option: { text: 75, description: 75 },
  input: { label: 2_000, hint: 2_000 },
  image: { title: 2_000 },
  confirm: { title: 100, text: 300, confirm: 30, deny: 30 },
  view: { title: 24, submit: 24, close: 24 },
  any: { placeholder: 150 },
};

const STRING_LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  button: { value: 2_000, url: 3_000 },
  option: { value: 150, url: 3_000 },
  image: { alt_text: 2_000, image_url: 3_000 },
  data_visualization: { title: CHART_LIMITS.title },
  view: { private_metadata: 3_000 },
  any: { action_id: 255, block_id: 255, callback_id: 255, external_id: 255 },
};

/** Lists: most entries by the type that holds them. */
const LIST_LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  actions: { elements: 25 },
  context: { elements: 10 },
  section: { fields: 10 },
  static_select: { options: 100 },
  radio_buttons: { options: 10 },
  checkboxes: { options: 10 },
};

const MESSAGES_ONLY: ReadonlySet<string> = new Set(["data_visualization", "table", "markdown"]);

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** Collects what Slack would refuse, going through a payload once. */
class Inspection {
  readonly faults: BlockFault[] = [];
  together = 0;

  fault(path: string, problem: string): void {
    this.faults.push({ path, problem });
  }

  /** Checks one object as a thing of this kind, and everything in it. */
  inspect(thing: Json, kind: string, path: string): void {
    this.#strings(thing, kind, path);
    this.#texts(thing, kind, path);
    this.#lists(thing, kind, path);
    if (kind === "data_visualization")
      for (const { path: at, problem } of chartFaults(thing)) this.fault(`${path}${at}`, problem);
    if (kind === "section" && thing["text"] === undefined && thing["fields"] === undefined)
      this.fault(path, "a section needs text or fields");
    if (kind === "image" && (typeof thing["alt_text"] !== "string" || thing["alt_text"] === ""))
      this.fault(`${path}.alt_text`, "a picture needs words for who cannot see it");
    for (const [key, value] of Object.entries(thing)) this.#inside(key, value, `${path}.${key}`);
  }

  #inside(key: string, value: unknown, path: string): void {
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries())
        if (isJson(entry)) this.inspect(entry, kindOf(key, entry), `${path}[${String(index)}]`);
      return;
    }
    if (isJson(value) && key !== "state" && key !== "metadata")
      this.inspect(value, kindOf(key, value), path);
  }

  #strings(thing: Json, kind: string, path: string): void {
    const limits = { ...STRING_LIMITS["any"], ...STRING_LIMITS[kind] };
    for (const [field, most] of Object.entries(limits)) {
      const value = thing[field];
      if (typeof value === "string" && value.length > most)
        this.fault(`${path}.${field}`, `longer than ${String(most)} characters`);
    }
  }

  #texts(thing: Json, kind: string, path: string): void {
    const limits = { ...TEXT_LIMITS["any"], ...TEXT_LIMITS[kind] };
    for (const [field, most] of Object.entries(limits)) {
      const value = thing[field];
      if (isJson(value)) this.#text(value, most, `${path}.${field}`);
    }
    if (kind === "section")
      for (const [index, entry] of listOf(thing["fields"]).entries())
        this.#text(entry, 2_000, `${path}.fields[${String(index)}]`);
  }

  #text(value: Json, most: number, path: string): void {
    const { text } = value;
    if (typeof text !== "string") return;
    this.together += text.length;
    if (text.length === 0) this.fault(`${path}.text`, "empty");
    if (text.length > most) this.fault(`${path}.text`, `longer than ${String(most)} characters`);
    if (!text.isWellFormed()) this.fault(`${path}.text`, "half a character");
  }

  #lists(thing: Json, kind: string, path: string): void {
    for (const [field, most] of Object.entries(LIST_LIMITS[kind] ?? {})) {
      const value = thing[field];
      if (!Array.isArray(value)) continue;
      if (value.length > most) this.fault(`${path}.${field}`, `more than ${String(most)} entries`);
      if (value.length === 0) this.fault(`${path}.${field}`, "empty");
    }
    if (kind === "actions") this.unique(listOf(thing["elements"]), "action_id", path);
  }

  /** Ids that must differ among these things. */
  unique(things: readonly Json[], field: string, path: string): void {
    const seen = new Set<unknown>();
    for (const thing of things) {
      const id = thing[field];
      if (id === undefined) continue;
      if (seen.has(id)) this.fault(path, `the same ${field} twice`);
      seen.add(id);
    }
  }
}

function kindOf(key: string, thing: Json): string {
  if (key === "options" || key === "initial_option") return "option";
  if (key === "confirm" && thing["title"] !== undefined) return "confirm";
  return typeof thing["type"] === "string" ? thing["type"] : key;
}

/** Everything that Slack would refuse about these blocks on this surface, by its documented limits. */
export function blockFaults(payload: Json, surface: Surface): readonly BlockFault[] {
  const inspection = new Inspection();
  const blocks = listOf(payload["blocks"]);
  const most = MOST_BLOCKS[surface];
  if (blocks.length > most) inspection.fault("blocks", `more than ${String(most)} blocks`);
  inspection.unique(blocks, "block_id", "blocks");
  if (surface !== "message") {
    inspection.inspect({ ...payload, blocks: undefined }, "view", "view");
    const strange = blocks.filter((block) => MESSAGES_ONLY.has(String(block["type"])));
    if (strange.length > 0) inspection.fault("blocks", "a block that only messages may have");
  }
  const charts = blocks.filter((block) => block["type"] === "data_visualization");
  if (charts.length > CHART_LIMITS.perMessage) inspection.fault("blocks", "more than 2 charts");
  for (const [index, block] of blocks.entries())
    inspection.inspect(block, String(block["type"]), `blocks[${String(index)}]`);
  if (surface === "message" && inspection.together > LONGEST_TOGETHER)
    inspection.fault("blocks", `more than ${String(LONGEST_TOGETHER)} characters together`);
  return inspection.faults;
}
