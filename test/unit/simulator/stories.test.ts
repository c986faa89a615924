import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const FOLDER = new URL("../../../src/simulator/stories/", import.meta.url);
const SCENARIOS = ["ordinary-day", "bad-batch", "silent-group", "praise"] as const;

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);
const words = z.string().min(1).max(600);
const both = z.strictObject({ zh: words, en: words });
const people = z.strictObject({
  rooms: z.array(
    z.strictObject({
      id,
      name: words,
      purpose: z.enum(["customers", "staff"]),
      language: z.enum(["zh", "en"]),
      timeZone: z.literal("Asia/Shanghai"),
      look: z.enum(["slack", "wechat"]),
      staffRoom: id.optional(),
    }),
  ),
  members: z.array(
    z.strictObject({
      id,
      name: words,
      role: z.enum(["customer", "staff", "leader"]),
      language: z.enum(["zh", "en"]),
      character: both,
      colour: z.number().int().min(0).max(7),
      rooms: z.array(id).min(1),
    }),
  ),
  setup: z.array(z.strictObject({ room: id, member: id, text: words })),
});

const past = { day: z.number().int().min(-21).max(-1), time: z.string().regex(/^\d\d:\d\d$/) };
const offset = {
  minute: z.number().int().min(0).max(180),
  second: z.number().int().min(0).max(59).optional(),
};
const who = { room: id, member: id };

function deeds<When extends z.ZodRawShape>(when: When) {
  return [
    z.strictObject({ ...when, ...who, text: words, id: id.optional(), repliesTo: id.optional() }),
    z.strictObject({ ...when, ...who, vote: z.string().regex(/^\d\d?$/), why: words.optional() }),
    z.strictObject({ ...when, ...who, reaction: words, to: id }),
    z.strictObject({ ...when, ...who, take: z.literal(true), to: id }),
    z.strictObject({ ...when, ...who, resolve: words, to: id }),
    z.strictObject({ ...when, ...who, dismiss: words, to: id }),
  ] as const;
}
const historyLine = z.union(deeds(past));
const scenarioLine = z.union(deeds(offset));

type Line = Readonly<
  Partial<
    Record<
      "text" | "id" | "repliesTo" | "vote" | "why" | "reaction" | "to" | "resolve" | "dismiss",
      string | undefined
    >
  >
> & {
  readonly room: string;
  readonly member: string;
  readonly take?: true | undefined;
  readonly at: number;
};
type Past = Line & { readonly day: number; readonly minutes: number };

function parsed<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema>[] {
  const file = new URL(`${name}.jsonl`, FOLDER);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line, index) => {
      const read = schema.safeParse(JSON.parse(line));
      if (!read.success)
        throw new Error(`${name}:${String(index + 1)} ${z.prettifyError(read.error)}`);
      return read.data;
    });
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

const cast = people.parse(JSON.parse(readFileSync(new URL("people.json", FOLDER), "utf8")));
const history: readonly Past[] = parsed("history", historyLine).map((line) => {
  const minutes = minutesOf(line.time);
  return { ...line, minutes, at: line.day * 1_440 + minutes };
});
const scenarios = new Map<string, readonly Line[]>(
  SCENARIOS.map((name) => [
    name,
    parsed(name, scenarioLine).map((line) => ({
      ...line,
      at: line.minute * 60 + (line.second ?? 0),
    })),
  ]),
);
const stories = new Map<string, readonly Line[]>([["history", history], ...scenarios]);
const members = new Map(cast.members.map((member) => [member.id, member]));
const rooms = new Map(cast.rooms.map((room) => [room.id, room]));
const STAFF_ROOMS: Readonly<Record<string, string>> = {
  "sunshine-staff": "sunshine-3",
  "riverside-staff": "riverside-pantry",
};

function saidIn(line: Line): string {
  return line.text ?? line.why ?? line.resolve ?? line.dismiss ?? "";
}

/** Lines of all stories that break a rule, for a message that shows them. */
function breaking(rule: (line: Line, story: readonly Line[]) => boolean): readonly string[] {
  return [...stories].flatMap(([name, lines]) =>
    lines
      .filter((line) => rule(line, lines))
      .map((line) => `${name} ${String(line.at)} ${line.member}: ${saidIn(line)}`),
  );
}

/** The surveys of the history: when they are open (minutes of the day) and what may be answered. */
function surveyOf(line: Past): { readonly kind: "csat" | "nps"; readonly most: number } | null {
  const { day, minutes } = line;
  if (minutes > 1_050 && minutes < 1_190) return { kind: "csat", most: 5 };
  const noon = history.find(
    (one) => STAFF_ROOMS[one.room] === line.room && /^(?:调查 发|survey run) /.test(one.text ?? ""),
  );
  if (noon === undefined || noon.day !== day) return null;
  const open = minutes > noon.minutes && minutes < noon.minutes + 295;
  return open ? { kind: "nps", most: 10 } : null;
}

function meanOf(room: string, day: number): number {
  const votes = history.filter(
    (line) =>
      line.room === room &&
      line.day === day &&
      line.vote !== undefined &&
      surveyOf(line)?.kind === "csat",
  );
  return votes.reduce((sum, line) => sum + Number(line.vote), 0) / votes.length;
}

describe("people of the pretend world", () => {
  it("are 24 who speak Chinese and 11 who speak English, each once", () => {
    const count = (language: string): number =>
      cast.members.filter((member) => member.language === language).length;
    expect([count("zh"), count("en")]).toEqual([24, 11]);
    expect(members.size).toBe(35);
    expect(new Set(cast.members.map((member) => member.name)).size).toBe(35);
    expect(new Set(cast.members.map((member) => member.character.zh)).size).toBe(35);
  });

  it("are in rooms that exist, and each customers' room has its staff room", () => {
    for (const member of cast.members)
      for (const room of member.rooms) {
        expect(rooms.get(room)?.language).toBe(member.language);
        if (rooms.get(room)?.purpose === "staff") expect(member.role).not.toBe("customer");
      }
    for (const room of cast.rooms.filter((one) => one.purpose === "customers"))
      expect(STAFF_ROOMS[room.staffRoom ?? ""]).toBe(room.id);
  });

  it("speak, or are described as silent", () => {
    const speakers = new Set(history.map((line) => line.member));
    const silent = cast.members.filter((member) => !speakers.has(member.id));
    expect(silent.map((member) => member.id)).toEqual(["chensi"]);
    expect(silent[0]?.character.en).toContain("never writes");
  });

  it("set the shops up before anything else happens", () => {
    for (const { room, member } of cast.setup) {
      expect(rooms.get(room)?.purpose).toBe("staff");
      expect(members.get(member)?.rooms).toContain(room);
    }
    const texts = cast.setup.map((one) => one.text).join("\n");
    expect(texts).toContain("每天 17:30；开放：到 19:50");
    expect(texts).toContain("daily 17:30; for: until 19:50");
  });
});

describe("every story", () => {
  it("is told in the order of time", () => {
    for (const [name, lines] of stories)
      expect([name, lines.toSorted((a, b) => a.at - b.at)]).toEqual([name, lines]);
  });

  it("lets members speak only in rooms in which they are", () => {
    expect(
      breaking((line) => members.get(line.member)?.rooms.includes(line.room) !== true),
    ).toEqual([]);
  });

  it("refers only to lines that came before, of the same shop", () => {
    const shopOf = (room: string): string => STAFF_ROOMS[room] ?? room;
    const wrong = breaking((line, story) => {
      const target = line.repliesTo ?? line.to;
      if (target === undefined) return false;
      const told = story.filter((one) => one.id === target);
      const [first] = told;
      return told.length !== 1 || !first || first.at > line.at || first.room !== shopOf(line.room);
    });
    expect(wrong).toEqual([]);
  });

  it("leaves cases to staff in staff rooms, votes to customers, reactions to rooms like Slack", () => {
    const wrong = breaking((line) => {
      const customer = members.get(line.member)?.role === "customer";
      const room = rooms.get(line.room);
      if (line.vote !== undefined) return !customer || room?.purpose !== "customers";
      if (line.reaction !== undefined) return room?.look !== "slack";
      const acts = line.take ?? line.resolve ?? line.dismiss;
      return acts !== undefined && (customer || room?.purpose !== "staff");
    });
    expect(wrong).toEqual([]);
  });

  it("says nothing twice", () => {
    const seen = new Set<string>();
    const twice = breaking((line) => {
      const said = saidIn(line);
      if (said === "") return false;
      if (seen.has(said)) return true;
      seen.add(said);
      return false;
    });
    expect(twice).toEqual([]);
  });

  it("is in the language of its room", () => {
    const han = /\p{Script=Han}/u;
    const english = breaking(
      (line) => rooms.get(line.room)?.language === "en" && han.test(saidIn(line)),
    );
    expect(english).toEqual([]);
    const chinese = [...stories.values()]
      .flat()
      .filter((line) => rooms.get(line.room)?.language === "zh" && saidIn(line).length > 3);
    const written = chinese.filter((line) => han.test(saidIn(line)));
    expect(written.length / chinese.length).toBeGreaterThan(0.99);
  });

  it("names no brand, no telephone number and no day of the week", () => {
    const brands =
      /星巴克|瑞幸|美团|淘宝|京东|拼多多|抖音|盒马|山姆|叮咚|饿了么|蒙牛|伊利|海天|老干妈|康师傅|starbucks|amazon|tesco|ikea|costco|walmart|nestlé|heinz/i;
    expect(breaking((line) => brands.test(saidIn(line)))).toEqual([]);
    expect(breaking((line) => /\d{7,}|1[3-9]\d{9}/.test(saidIn(line)))).toEqual([]);
    // Days count back from today, whichever day of the week that is.
    const week =
      /周[一二三四五六日天]|星期|礼拜[一二三四五六日天]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day/i;
    expect(breaking((line) => week.test(saidIn(line)))).toEqual([]);
  });
});

describe("the three weeks before today", () => {
  const messages = (language: string): number =>
    history.filter((line) => line.text !== undefined && rooms.get(line.room)?.language === language)
      .length;

  it("hold about a thousand messages, two thirds of them Chinese", () => {
    expect(messages("zh")).toBeGreaterThanOrEqual(620);
    expect(messages("en")).toBeGreaterThanOrEqual(330);
    expect(messages("zh") + messages("en")).toBeLessThan(1_100);
    for (let day = -21; day <= -1; day += 1) {
      const texts = history.filter((line) => line.day === day && line.text !== undefined);
      expect(texts.length).toBeGreaterThanOrEqual(30);
    }
  });

  it("vote only while a survey is open, within its scale, once each", () => {
    const outside = history.filter((line) => {
      if (line.vote === undefined) return false;
      const survey = surveyOf(line);
      if (survey === null) return true;
      const least = survey.kind === "csat" ? 1 : 0;
      return Number(line.vote) < least || Number(line.vote) > survey.most;
    });
    expect(outside).toEqual([]);
    const given = history
      .filter((line) => line.vote !== undefined)
      .map((line) => `${String(line.day)} ${surveyOf(line)?.kind ?? ""} ${line.member}`);
    expect(new Set(given).size).toBe(given.length);
  });

  it("have enough voters on every day, and some who never vote", () => {
    for (let day = -21; day <= -1; day += 1) {
      const voters = (room: string): number =>
        history.filter(
          (line) =>
            line.day === day && line.room === room && surveyOf(line)?.kind === "csat" && line.vote,
        ).length;
      expect(voters("sunshine-3")).toBeGreaterThanOrEqual(8);
      expect(voters("sunshine-3")).toBeLessThanOrEqual(16);
      expect(voters("riverside-pantry")).toBeGreaterThanOrEqual(5);
      expect(voters("riverside-pantry")).toBeLessThanOrEqual(8);
    }
    const votes = new Set(history.filter((line) => line.vote).map((line) => line.member));
    for (const never of ["li-gong", "chensi", "ben"]) expect(votes.has(never)).toBe(false);
  });

  it.each(["sunshine-3", "riverside-pantry"])("tell of a dip and a recovery in %s", (room) => {
    for (let day = -21; day <= -11; day += 1) expect(meanOf(room, day)).toBeGreaterThan(4);
    for (const day of [-10, -9, -8]) expect(meanOf(room, day)).toBeLessThan(3.3);
    expect(meanOf(room, -7)).toBeGreaterThan(meanOf(room, -8) + 0.4);
    for (const day of [-2, -1]) expect(meanOf(room, day)).toBeGreaterThanOrEqual(4.5);
  });

  it("hold about fifty complaints that staff deal with, and one of them a danger", () => {
    const taken = new Set(history.filter((line) => line.take).map((line) => line.to));
    expect(taken.size).toBeGreaterThanOrEqual(45);
    expect(taken.size).toBeLessThanOrEqual(65);
    const settled = new Set(history.filter((line) => line.resolve).map((line) => line.to));
    expect([...taken].filter((one) => !settled.has(one))).toEqual([]);
    const glass = history.find((line) => line.id === "h-16-a");
    expect(glass?.text).toContain("玻璃");
    // A danger that is still open would keep the survey of that day from being sent.
    const done = history.find((line) => line.to === "h-16-a" && line.resolve !== undefined);
    expect(done?.day).toBe(glass?.day);
    expect(done?.minutes).toBeLessThan(minutesOf("17:30"));
  });

  it("announce what was changed on day -7 with the shop's own command", () => {
    const told = history.filter(
      (line) => line.day === -7 && /^(?:改进|improve) /.test(line.text ?? ""),
    );
    expect(told.map((line) => line.room).toSorted()).toEqual(["riverside-staff", "sunshine-staff"]);
  });

  it("lose an old customer without a word", () => {
    const days = history.filter((line) => line.member === "lao-he").map((line) => line.day);
    expect(Math.max(...days)).toBe(-9);
    expect(new Set(days).size).toBe(13);
  });
});

describe("scenarios", () => {
  const of = (name: string): readonly Line[] => scenarios.get(name) ?? [];

  it("begin an ordinary evening with a complaint within five to eight seconds", () => {
    const [first] = of("ordinary-day");
    expect(first?.at).toBeGreaterThanOrEqual(5);
    expect(first?.at).toBeLessThanOrEqual(8);
    expect(of("ordinary-day").length).toBeGreaterThanOrEqual(65);
    const early = of("ordinary-day").filter((line) => line.at <= 600);
    expect(early.length).toBeGreaterThanOrEqual(35);
  });

  it("vote only until the survey of the evening closes", () => {
    for (const [, lines] of scenarios)
      for (const line of lines.filter((one) => one.vote)) {
        expect(line.at).toBeLessThan(140 * 60);
        expect(Number(line.vote)).toBeLessThanOrEqual(5);
      }
  });

  it("are a wave with one answer, a silence with a farewell, and praise without an end", () => {
    const batch = of("bad-batch");
    expect(batch.length).toBeGreaterThanOrEqual(40);
    expect(batch.filter((line) => line.repliesTo).length).toBe(0);
    expect(of("silent-group").length).toBeLessThanOrEqual(20);
    expect(of("silent-group").some((line) => line.member === "lao-he")).toBe(true);
    expect(of("praise").length).toBeGreaterThanOrEqual(28);
  });
});

it("says in its README what each kind of line means", () => {
  const file = fileURLToPath(new URL("README.md", FOLDER));
  expect(existsSync(file)).toBe(true);
  const text = readFileSync(file, "utf8");
  for (const key of ["vote", "reaction", "take", "resolve", "dismiss", "repliesTo"])
    expect(text).toContain(`\`${key}`);
});
