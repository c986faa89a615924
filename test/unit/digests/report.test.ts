import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TracedNumber } from "#entities/types.js";
import type { DigestDocument } from "#src/digests/digest-document.js";
import { linesOf, MOST_PUBLIC_LINES, MOST_STAFF_LINES } from "#src/digests/digest-document.js";
import { createDigests } from "#src/digests/digests.js";
import { renderReport, textCell } from "#src/digests/render-report.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import { openStore, type Store } from "#src/store/store.js";
import { testStore } from "../../support/store.js";
import { describeStores } from "../../support/stores.js";
import { answers, GROUP_ID, local, Shop } from "./support/shop.js";
import { writeThreeWeeks } from "./support/three-weeks.js";

const digests = createDigests({ readModel: digestReadModel });

interface Asked {
  readonly audience?: "staff" | "public";
  readonly language?: "zh" | "en";
  readonly from?: string;
  readonly to?: string;
  readonly at?: string;
}

async function report(store: Store, asked: Asked = {}): Promise<DigestDocument> {
  return store.read(async (tx) => {
    const group = await tx.directory.groupById(GROUP_ID);
    if (group === null) throw new Error("the group is missing");
    return digests.buildReport(tx, {
      group,
      from: asked.from ?? "2026-11-16",
      to: asked.to ?? "2026-11-22",
      audience: asked.audience ?? "staff",
      language: asked.language ?? "zh",
      generatedAt: local(asked.at ?? "2026-11-23 09:00"),
    });
  });
}

async function threeWeeks(): Promise<Store> {
  const store = await testStore();
  await store.write((tx) => writeThreeWeeks(tx, { language: "zh" }));
  return store;
}

function isPercent(number: TracedNumber, percent: number, step: number): boolean {
  const { numerator, denominator, low, high, suppressed } = number;
  if (suppressed) return false;
  const share = numerator === null || denominator === null ? null : numerator / denominator;
  return [share, low, high].some(
    (one) => one !== null && Math.abs(Math.round(one * 100) - percent) <= step / 2,
  );
}

/** Every percentage in the text, the ends of intervals too. */
function percentagesIn(document: DigestDocument): readonly number[] {
  const text = linesOf(document).join("\n");
  return [...text.matchAll(/(?:(\d+)–)?(\d+)%/gu)].flatMap((match) =>
    [match[1], match[2]].flatMap((digits) => (digits === undefined ? [] : [Number(digits)])),
  );
}

describe("numbers of a report", () => {
  test.each([
    ["staff", 0],
    ["public", 5],
  ] as const)(
    "every percentage for %s stands in the list with what it is made of",
    async (audience, step) => {
      const document = await report(await threeWeeks(), { audience });
      const told = percentagesIn(document);
      expect(told.length).toBeGreaterThan(1);
      for (const percent of told) {
        const source = document.numbers.find((number) => isPercent(number, percent, step));
        if (source === undefined) throw new Error(`${percent}% stands nowhere in the list`);
      }
    },
  );

  test("each carries window, formula and n; shares add up from their parts", async () => {
    const { numbers } = await report(await threeWeeks());
    expect(new Set(numbers.map((number) => number.id)).size).toBe(numbers.length);
    for (const { id, formula, numerator, denominator, value, n, from, to } of numbers) {
      const isShare =
        ["F1", "F6", "F9", "share"].includes(formula) || /\.(?:coverage|answered)$/.test(id);
      const traced = {
        id,
        formula: formula !== "",
        days: [from, to].every((day) => /^\d{4}-\d\d-\d\d$/.test(day)) && from <= to,
        n: !isShare || n !== null,
        adds:
          !isShare ||
          id === "csat.mean" ||
          Math.abs((value ?? 9) - (numerator ?? 9) / (denominator ?? 1)) < 1e-6,
      };
      expect(traced).toEqual({ id, formula: true, days: true, n: true, adds: true });
    }
    const csat = numbers.find((number) => number.id === "csat.satisfied");
    expect(csat).toMatchObject({ formula: "F1", numerator: 103, denominator: 120, n: 120 });
    expect(csat?.low).toBeCloseTo(0.784805, 5);
  });

  test("for the group a number that may not be told is there, empty and marked", async () => {
    const store = await testStore();
    await store.write(async (tx) => {
      const shop = new Shop(tx);
      await shop.open({});
      const openedAt = local("2026-11-17 10:00");
      await shop.run({
        name: "few",
        openedAt,
        closedAt: openedAt + 3_600_000,
        answers: answers({ count: 20, good: 17, at: openedAt }),
      });
    });
    const { numbers } = await report(store, { audience: "public" });
    expect(numbers.find((number) => number.id === "csat.satisfied")).toEqual({
      id: "csat.satisfied",
      formula: "F1",
      numerator: null,
      denominator: null,
      n: null,
      value: null,
      low: null,
      high: null,
      from: "2026-11-16",
      to: "2026-11-22",
      suppressed: true,
    });
  });
});

describe("a report", () => {
  test("of a group without any data has no zero shares, no NaN and no Infinity", async () => {
    const store = await testStore();
    await store.write((tx) => new Shop(tx).open({}));
    for (const audience of ["staff", "public"] as const) {
      for (const language of ["zh", "en"] as const) {
        const document = await report(store, { audience, language });
        for (const format of ["text", "json", "csv"] as const) {
          const written = renderReport(document, format);
          expect(written).not.toMatch(/NaN|Infinity|undefined|\[object/u);
          expect(written).not.toMatch(/\b0%/u);
        }
        expect(linesOf(document).length).toBeLessThanOrEqual(2);
      }
    }
  });

  test("of a time without ratings says that they were not measured", async () => {
    const store = await testStore();
    await store.write(async (tx) => {
      const shop = new Shop(tx);
      await shop.open({});
      await shop.complaint({
        number: 1,
        aspect: "quality",
        openedAt: local("2026-11-17 10:00"),
        members: [1],
      });
    });
    expect(linesOf(await report(store)).join("\n")).toContain("满意率 未测量");
    expect(linesOf(await report(store, { language: "en" })).join("\n")).toContain("not measured");
  });

  test("stays within its lines, and no line of the group's post ends with a colon", async () => {
    const store = await threeWeeks();
    for (const language of ["zh", "en"] as const) {
      expect(linesOf(await report(store, { language })).length).toBeLessThanOrEqual(
        MOST_STAFF_LINES,
      );
      const lines = linesOf(await report(store, { language, audience: "public" }));
      expect(lines.length).toBeLessThanOrEqual(MOST_PUBLIC_LINES);
      expect(lines.filter((line) => /[:：]\s*$/u.test(line))).toEqual([]);
    }
  });

  test("is the same bytes for the same rows, apart from when it was made", async () => {
    const store = await threeWeeks();
    const first = await report(store);
    const again = await report(store, { at: "2027-01-05 12:00" });
    expect(first.generatedAt).toBe("2026-11-23T09:00:00+08:00");
    for (const format of ["text", "json", "csv"] as const) {
      expect(renderReport({ ...again, generatedAt: first.generatedAt }, format)).toBe(
        renderReport(first, format),
      );
    }
  });

  test("does not depend on the order in which rows were written, nor on what was sent", async () => {
    const tidy = await threeWeeks();
    const mixed = await testStore();
    await mixed.write((tx) => writeThreeWeeks(tx, { language: "zh", reversed: true }));
    await mixed.write((tx) =>
      tx.outbox.say({
        key: "other",
        kind: "notice",
        to: { platform: "simulated", conversationId: "sunshine" },
        message: { text: "…" },
        at: local("2026-11-20 12:00"),
      }),
    );
    for (const audience of ["staff", "public"] as const) {
      expect(renderReport(await report(mixed, { audience }), "json")).toBe(
        renderReport(await report(tidy, { audience }), "json"),
      );
    }
  });

  test("of days that are not over yet takes the last known moment for now", async () => {
    const store = await testStore();
    await store.write(async (tx) => {
      const shop = new Shop(tx);
      await shop.open({});
      await shop.complaint({
        number: 1,
        aspect: "quality",
        openedAt: local("2026-11-17 10:00"),
        members: [1],
      });
      await shop.life(local("2026-11-01 00:00"), local("2026-11-17 10:10"));
    });
    const open = linesOf(await report(store, { from: "2026-11-17", to: "2026-11-17" })).join("\n");
    expect(open).toContain("10:30 前要答复");
    expect(open).not.toContain("超时");
    expect(open).not.toContain("离线");
  });

  test("refuses days the wrong way round and days that are none", async () => {
    const store = await threeWeeks();
    await expect(report(store, { from: "2026-11-22", to: "2026-11-16" })).rejects.toThrow(
      "after its end",
    );
    await expect(report(store, { from: "2026-02-30", to: "2026-11-16" })).rejects.toThrow(
      "not a day",
    );
  });

  test("as JSON has exactly the promised keys", async () => {
    const json = JSON.parse(renderReport(await report(await threeWeeks()), "json")) as object;
    expect(Object.keys(json)).toEqual([
      "group",
      "from",
      "to",
      "generatedAt",
      "numbers",
      "sections",
    ]);
  });
});

describe("a report as CSV", () => {
  test("has a header in its language and one number per row, all quoted", async () => {
    const store = await threeWeeks();
    const document = await report(store);
    const rows = renderReport(document, "csv").split("\r\n");
    expect(rows[0]).toBe(
      '"群","编号","公式","分子","分母","样本数","数值","区间下限","区间上限","开始日期","结束日期","已隐去"',
    );
    expect(rows).toHaveLength(document.numbers.length + 2);
    expect(rows.at(-1)).toBe("");
    const english = renderReport(await report(store, { language: "en" }), "csv");
    expect(english.startsWith('"group","id","formula","numerator","denominator","n"')).toBe(true);
  });

  test("keeps our own negative numbers as numbers", () => {
    const number: TracedNumber = {
      id: "nps",
      formula: "F3",
      numerator: -4,
      denominator: 40,
      n: 40,
      value: -10,
      low: -31.5,
      high: 11,
      from: "2026-11-16",
      to: "2026-11-22",
      suppressed: false,
    };
    const csv = renderReport(
      {
        group: "=SUM(A1)",
        kind: "report",
        audience: "staff",
        language: "en",
        from: "2026-11-16",
        to: "2026-11-22",
        title: null,
        sections: [],
        numbers: [number],
        weight: "news",
        generatedAt: null,
      },
      "csv",
    );
    expect(csv.split("\r\n")[1]).toBe(
      `"'=SUM(A1)","nps","F3","-4","40","40","-10","-31.5","11","2026-11-16","2026-11-22","false"`,
    );
  });

  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-2", "'-2"],
    ["@cmd", "'@cmd"],
    ["\t=1", "'\t=1"],
    ["\r1", "'\r1"],
    ["＝1", "'＝1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠a", "'＠a"],
    ["  =1", "'  =1"],
    ["\u200b=1", "'\u200b=1"],
    ["\ufeff+1", "'\ufeff+1"],
    ["\u3000@a", "'\u3000@a"],
    ["a=1", "a=1"],
    ["阳光里3群", "阳光里3群"],
    ["", ""],
  ])("guards %j", (text, guarded) => {
    expect(textCell(text)).toBe(`"${guarded}"`);
  });

  test("can be read back whatever the text is, and no cell begins a formula", () => {
    const text = fc.string({
      unit: fc.constantFrom(
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        '"',
        ",",
        "a",
        "群",
        " ",
        "\u200b",
      ),
    });
    fc.assert(
      fc.property(text, (words) => {
        const cell = textCell(words);
        const read = cell.slice(1, -1).replaceAll('""', '"');
        expect(read === words || read === `'${words}`).toBe(true);
        expect(/^[\s\u200b\u3000\ufeff]*[=+\-@]/u.test(read)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describeStores("a report", (kind) => {
  test("says the same on either database", async () => {
    const store = await openStore(await kind.fresh());
    await store.write((tx) => writeThreeWeeks(tx, { language: "zh" }));
    const written = renderReport(await report(store), "json");
    await store.close();
    expect(written).toBe(renderReport(await report(await threeWeeks()), "json"));
  });
});
