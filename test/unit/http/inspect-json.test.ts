import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEEPEST_JSON, inspectJson } from "#src/http/inspect-json.js";

describe("a JSON text before it is parsed", () => {
  it("is fine when it was written from a value that is not too deep", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes("__proto__"));
        expect(inspectJson(text)).toBeNull();
        expect(inspectJson(JSON.stringify(value, null, 2))).toBeNull();
      }),
      { numRuns: 10_000 },
    );
  });

  it("is at fault when any of its objects has a key twice, however the key is written", () => {
    const key = fc.string({ minLength: 1, maxLength: 6, unit: "binary" });
    const escaped = (text: string): string =>
      [...Array(text.length).keys()]
        .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`)
        .join("");
    fc.assert(
      fc.property(key, fc.array(key, { maxLength: 4 }), fc.nat(5), (twice, others, depth) => {
        fc.pre(twice !== "__proto__" && twice.isWellFormed());
        const between = [...new Set(others)]
          .filter((other) => other !== twice && other !== "__proto__")
          .map((other) => `${JSON.stringify(other)}:{"x":[1,{}]},`)
          .join("");
        const object = `{${JSON.stringify(twice)}:1,${between}"${escaped(twice)}":2}`;
        const text = `${"[".repeat(depth)}${object}${"]".repeat(depth)}`;
        expect(inspectJson(text)).toEqual({ kind: "key", field: twice });
      }),
      { numRuns: 10_000 },
    );
  });

  it("never throws and always ends, whatever the text is", () => {
    const piece = fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", "a", "\\u", "\ud800");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        inspectJson(pieces.join(""));
      }),
      { numRuns: 10_000 },
    );
  });

  it("is counted in depth, not in brackets", () => {
    const wide = `[${new Array(1_000).fill("[[{}]]").join(",")}]`;
    expect(inspectJson(wide)).toBeNull();
    expect(inspectJson('"[[[["'.repeat(100))).toBeNull();
    const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    expect(inspectJson(deep(DEEPEST_JSON))).toBeNull();
    expect(inspectJson(deep(DEEPEST_JSON + 1))).toEqual({ kind: "too-deep" });
  });

  it("may have the same key in two objects", () => {
    expect(inspectJson('[{"a":1},{"a":{"a":["a","a"]}}]')).toBeNull();
    expect(inspectJson('{"a":{"b":1},"b":2}')).toBeNull();
  });
});
