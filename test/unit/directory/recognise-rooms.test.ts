import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findPeople,
  findRooms,
  likeness,
  type NamedPerson,
  type RoomFeatures,
} from "#src/directory/recognise-rooms.js";

function room(change: Partial<RoomFeatures> = {}): RoomFeatures {
  const memberMarks = Array.from({ length: 10 }, (_, n) => `n${String(n)}`);
  return { id: "r", topic: "阳光花园团购群", ownerMark: "o", memberMarks, ...change };
}

/** The first `kept` names of the usual ten and `others` that are new. */
function names(kept: number, others: number): readonly string[] {
  return [
    ...Array.from({ length: kept }, (_, n) => `n${String(n)}`),
    ...Array.from({ length: others }, (_, n) => `x${String(n)}`),
  ];
}

describe("how alike two rooms are", () => {
  it.each([
    ["the same", room(), 1],
    ["7 of 10 left, nobody new", room({ memberMarks: names(7, 0) }), 0.7],
    ["just enough: 6 of 10", room({ memberMarks: names(6, 0) }), 0.6],
    ["one name too few", room({ memberMarks: names(6, 1) }), null],
    ["another topic", room({ topic: "阳光花园团购二群" }), null],
    ["another owner", room({ ownerMark: "p" }), null],
    ["no owner told, and all the others there", room({ ownerMark: null }), 1],
    [
      "no owner told, and only most of the others",
      room({ ownerMark: null, memberMarks: names(7, 0) }),
      null,
    ],
    ["two people", room({ memberMarks: names(2, 0) }), null],
  ])("%s", (_, seen, score) => {
    expect(likeness(room(), seen)).toBe(score);
  });

  it("is nothing without a topic", () => {
    expect(likeness(room({ topic: "" }), room({ topic: "" }))).toBeNull();
  });
});

describe("rooms that are found again", () => {
  it("need a clear lead from both sides", () => {
    const lost = room({ id: "lost" });
    const close = room({ id: "close" });
    const second = (kept: number) => room({ id: "second", memberMarks: names(kept, 0) });
    expect(findRooms([lost], [close, second(8)])).toEqual(new Map([["close", "lost"]]));
    expect(findRooms([lost], [close, second(9)]).size).toBe(0);
    expect(findRooms([lost, room({ id: "lost2" })], [close]).size).toBe(0);
  });

  const features = fc.record({
    topic: fc.constantFrom("一群", "二群", ""),
    ownerMark: fc.constantFrom("o", "p", null),
    memberMarks: fc.uniqueArray(fc.constantFrom(...names(8, 2)), { maxLength: 10 }),
  });
  const rooms = (prefix: string) =>
    fc
      .array(features, { maxLength: 6 })
      .map((list) => list.map((one, n) => ({ ...one, id: `${prefix}${String(n)}` })));

  it("are never two for one, never one without evidence, and the same in any order", () => {
    fc.assert(
      fc.property(rooms("lost"), rooms("seen"), (lost, seen) => {
        const found = findRooms(lost, seen);
        expect(new Set(found.values()).size).toBe(found.size);
        for (const [now, before] of found) {
          const a = lost.find(({ id }) => id === before);
          const b = seen.find(({ id }) => id === now);
          if (a === undefined || b === undefined) throw new Error("an unknown id was found");
          const score = likeness(a, b) ?? 0;
          expect(score).toBeGreaterThanOrEqual(0.6);
          for (const other of seen)
            if (other !== b) expect(likeness(a, other) ?? 0).toBeLessThanOrEqual(score - 0.2);
        }
        const reversed = findRooms(lost.toReversed(), seen.toReversed());
        expect(reversed).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });
});

describe("people who are found again", () => {
  const called = (person: string, nameMark: string): NamedPerson => ({ person, nameMark });

  it("have a name that one person had and one has", () => {
    const known = [called("p1", "王"), called("p2", "李"), called("p3", "雨"), called("p4", "雨")];
    const present = [
      called("c1", "王"),
      called("c2", "李"),
      called("c3", "李"),
      called("c4", "雨"),
    ];
    expect(findPeople([{ known, present }])).toEqual(new Map([["c1", "p1"]]));
  });

  it("are nobody when two rooms contradict each other", () => {
    const known = [called("p1", "王")];
    const rooms = [
      { known, present: [called("c1", "王")] },
      { known, present: [called("c2", "王")] },
    ];
    expect(findPeople(rooms).size).toBe(0);
    expect(
      findPeople([
        { known: [called("p1", "王")], present: [called("c1", "王")] },
        { known: [called("p2", "李")], present: [called("c1", "李")] },
      ]).size,
    ).toBe(0);
  });
});
