import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aboutCount, publicPercentage } from "#src/statistics/public-number.js";
import {
  cellFloor,
  FEWEST_AUTHORS_TO_QUOTE,
  isUnanimous,
  SMALLEST_CELL,
  suppressCells,
} from "#src/statistics/suppress-cells.js";
import { must } from "./support.js";

function shown(counts: readonly number[], k?: number) {
  const cells = counts.map((n) => ({ n }));
  const result = suppressCells(cells, k === undefined ? {} : { k });
  return { total: result.total, cells: result.cells.map((cell) => cell?.n ?? null) };
}

describe("suppression of cells", () => {
  it("hides the rest of the threat in §3.4: a total of 12 and a group of 8", () => {
    expect(shown([8, 4])).toEqual({ total: 12, cells: [null, null] });
  });

  it("hides the next smallest cell with a small one, and shows the others", () => {
    expect(shown([30, 3, 12, 9])).toEqual({ total: 54, cells: [30, null, 12, null] });
  });

  it("hides all cells of the protecting size", () => {
    expect(shown([9, 9, 3, 20])).toEqual({ total: 41, cells: [null, null, null, 20] });
  });

  it("hides a protector also when several small cells would hide one another", () => {
    expect(shown([4, 4, 4, 5, 20])).toEqual({ total: 37, cells: [null, null, null, null, 20] });
  });

  it("shows empty cells, unless no cell reaches the floor", () => {
    expect(shown([12, 0, 8])).toEqual({ total: 20, cells: [12, 0, 8] });
    expect(shown([12, 0, 2, 8])).toEqual({ total: 22, cells: [12, 0, null, null] });
    expect(shown([1, 1, 1, 1, 1, 0])).toEqual({ total: 5, cells: new Array(6).fill(null) });
  });

  it("shows nothing, not even the total, below five people", () => {
    expect(shown([4, 0])).toEqual({ total: null, cells: [null, null] });
    expect(shown([])).toEqual({ total: null, cells: [] });
    expect(shown([5])).toEqual({ total: 5, cells: [5] });
  });

  it("keeps what belongs to a shown cell and nothing of a hidden one", () => {
    const cells = [
      { name: "new", n: 3, satisfied: 1 },
      { name: "old", n: 7, satisfied: 6 },
      { name: "core", n: 20, satisfied: 18 },
    ];
    expect(suppressCells(cells).cells).toEqual([null, null, cells[2]]);
  });

  it("takes a higher k and never a lower one", () => {
    expect(cellFloor()).toBe(SMALLEST_CELL);
    expect(cellFloor(1)).toBe(5);
    expect(cellFloor(8)).toBe(8);
    expect(shown([30, 3, 12], 2).cells).toEqual([30, null, null]);
    expect(shown([30, 6, 12], 8).cells).toEqual([30, null, null]);
    expect(shown([30, 6, 12]).cells).toEqual([30, 6, 12]);
    expect(() => cellFloor(Number.NaN)).toThrow(RangeError);
    expect(() => suppressCells([{ n: -1 }])).toThrow(RangeError);
    expect(FEWEST_AUTHORS_TO_QUOTE).toBe(8);
  });

  it.each([
    [1, 30, 5],
    [2, 34, 5],
    [3, 24, 5],
    [4, 22, 5],
    [5, 15, 5],
    [3, 24, 7],
  ])(
    "leaves a reader who knows the rule at least two counts per hidden cell (%d cells, up to %d people, k = %d)",
    (size, most, k) => {
      const possible = new Map<string, Set<number>[]>();
      for (const counts of compositions(size, most)) {
        const view = shown(counts, k);
        const key = JSON.stringify(view);
        const sets = possible.get(key) ?? counts.map(() => new Set<number>());
        for (const [i, n] of counts.entries()) must(sets[i]).add(n);
        possible.set(key, sets);
      }
      const given = [...possible].filter(([key, sets]) => tellsACell(key, sets, k));
      expect(given).toEqual([]);
    },
  );

  it("never shows a small cell, and never leaves a small remainder, for larger tables", () => {
    const tables = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.nat({ max: 500 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(tables, fc.integer({ min: 5, max: 12 }), (counts, k) => {
        const view = shown(counts, k);
        const visible = view.cells.filter((n) => n !== null);
        for (const n of visible) expect(n === 0 || n >= k).toBe(true);
        if (view.total === null) {
          expect(visible).toEqual([]);
          return;
        }
        const rest = view.total - visible.reduce((sum, n) => sum + n, 0);
        expect(rest === 0 || rest >= k).toBe(true);
        expect(view.cells.length - visible.length).not.toBe(1);
        if (counts.every((n) => n === 0 || n >= k)) expect(view.cells).toEqual(counts);
      }),
      { numRuns: 500 },
    );
  });
});

/** Whether a reader who sees `key` and knows what may lie behind it learns a hidden count. */
function tellsACell(key: string, behind: readonly ReadonlySet<number>[], k: number): boolean {
  const view = JSON.parse(key) as { total: number | null; cells: (number | null)[] };
  if (view.total === null) return false;
  const someShown = view.cells.some((n) => n !== null && n > 0);
  return view.cells.some((n, i) => {
    if (n !== null) return false;
    const counts = [...must(behind[i])];
    const sizes = new Set(counts.map((count) => count < k));
    return counts.length < 2 || (someShown && sizes.size < 2);
  });
}

/** All tables of `size` cells with at most `most` people in all. */
function compositions(size: number, most: number): number[][] {
  if (size === 0) return [[]];
  const tables: number[][] = [];
  for (let n = 0; n <= most; n += 1) {
    for (const rest of compositions(size - 1, most - n)) tables.push([n, ...rest]);
  }
  return tables;
}

describe("unanimity", () => {
  it("is one answer given by all", () => {
    expect(isUnanimous([0, 9, 0])).toBe(true);
    expect(isUnanimous([1, 9])).toBe(false);
    expect(isUnanimous([0, 0])).toBe(false);
    expect(isUnanimous([])).toBe(false);
  });
});

describe("public rounding", () => {
  it.each([
    [0.8, 80],
    [0.7749, 75],
    [0.776, 80],
    [0.999, 95],
    [0.001, 5],
    [1, 100],
    [0, 0],
  ])("posts a share of %d as %d percent", (share, percentage) => {
    expect(publicPercentage(share)).toBe(percentage);
  });

  it.each([
    [5, 5],
    [7, 5],
    [8, 10],
    [19, 20],
    [23, 20],
    [46, 50],
    [148, 150],
    [974, 950],
    [1_240, 1_200],
  ])("posts %d answers as about %d", (n, about) => {
    expect(aboutCount(n)).toBe(about);
  });

  it("posts no count under five and refuses shares outside 0…1", () => {
    expect(aboutCount(4)).toBeNull();
    expect(aboutCount(0)).toBeNull();
    expect(aboutCount(Number.NaN)).toBeNull();
    expect(() => publicPercentage(1.2)).toThrow(RangeError);
    expect(() => publicPercentage(Number.NaN)).toThrow(RangeError);
  });
});
