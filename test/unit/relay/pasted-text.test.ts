import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readPaste } from "#adapters/relay/read-paste.js";
import { findSections } from "#adapters/relay/sections.js";
import { settleTimes } from "#adapters/relay/settle-times.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { NOW, shanghai, ZONE } from "./paste-scene.js";

const FOLDER = new URL("../../fixtures/relay/", import.meta.url);
const PIECES = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".txt"))
  .toSorted();

/** What each piece is understood as, checked by hand: kind, name, text, time, doubts. */
const EXPECTED = JSON.parse(readFileSync(new URL("expected.json", FOLDER), "utf8")) as Readonly<
  Record<string, unknown>
>;

function understood(file: string): unknown {
  const raw = readPaste(readFileSync(new URL(file, FOLDER), "utf8"));
  const lines = settleTimes(raw.lines, { calendar: shanghai, now: NOW, oldestMs: 31 * 86_400_000 });
  return {
    form: raw.form,
    sections: findSections(raw.lines).map(({ title }) => title),
    lines: lines.map(({ kind, name, text, media, time, doubts }) =>
      [
        kind,
        name ?? "-",
        text + (media ? " [media]" : ""),
        `${time.sure} ${formatInstant(time.at, ZONE, "en", "dateTime")}`,
        ...doubts,
      ].join(" | "),
    ),
  };
}

describe("pasted text", () => {
  it("has at least forty pieces", () => {
    expect(PIECES.length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(EXPECTED).toSorted()).toEqual(PIECES);
  });

  it.each(PIECES)("reads %s line by line", (file) => {
    expect(understood(file)).toEqual(EXPECTED[file]);
  });
});
