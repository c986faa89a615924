import { describe, expect, it } from "vitest";
import { checkZone, requireZone } from "#src/scheduling/time-zone.js";
import { localDay } from "#src/scheduling/zoned-time.js";

describe("time zone check", () => {
  it.each([
    ["Asia/Shanghai", "Asia/Shanghai"],
    ["asia/shanghai", "Asia/Shanghai"],
    [" Europe/Berlin ", "Europe/Berlin"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["utc", "UTC"],
  ])("takes %s", (text, zone) => {
    expect(checkZone(text)).toEqual({ kind: "ok", zone });
    expect(localDay(0, requireZone(text))).toMatch(/^19(70|69)-/);
  });

  it.each([
    ["Asia/Shangai", "Asia/Shanghai"],
    ["Asia/Shanghia", "Asia/Shanghai"],
    ["Shanghai", "Asia/Shanghai"],
    ["shangai", "Asia/Shanghai"],
    ["Asia/Beijing", "Asia/Shanghai"],
    ["北京时间", "Asia/Shanghai"],
    ["UTC+8", "Asia/Shanghai"],
    ["+08:00", "Asia/Shanghai"],
    // Chicago to some runtimes, so never taken as it is.
    ["CST", "Asia/Shanghai"],
    ["PRC", "Asia/Shanghai"],
    ["New York", "America/New_York"],
    ["America/NewYork", "America/New_York"],
    ["Europe/Belin", "Europe/Berlin"],
    ["China/Shangai", "Asia/Shanghai"],
    ["Amerika/Toronto", "America/Toronto"],
    ["EST", "America/New_York"],
  ])("refuses %s and suggests %s", (text, suggestion) => {
    const check = checkZone(text);
    expect(check).toMatchObject({ kind: "unknown", suggestion });
    expect(check.kind === "unknown" && check.hint.zh).toContain(suggestion);
    expect(check.kind === "unknown" && check.hint.en).toContain(suggestion);
  });

  it.each(["", "Mars/Olympus_Mons", "somewhere else entirely", "x".repeat(5_000), "{}"])(
    "has no suggestion for what is like nothing: %.20s",
    (text) => {
      expect(checkZone(text)).toMatchObject({ kind: "unknown", suggestion: null });
    },
  );

  it("throws with the near miss in both languages", () => {
    expect(() => requireZone("Asia/Shangai")).toThrowError(/Asia\/Shanghai.*Asia\/Shanghai/);
  });

  it("suggests only zones that it takes itself", () => {
    for (const text of [
      "新加坡",
      "伦敦",
      "悉尼",
      "gmt",
      "est",
      "pst",
      "台北",
      "多伦多",
      "吉隆坡",
    ]) {
      const check = checkZone(text);
      expect(check.kind).toBe("unknown");
      const suggestion = check.kind === "unknown" ? check.suggestion : null;
      expect(checkZone(suggestion ?? "")).toEqual({ kind: "ok", zone: suggestion });
    }
  });
});
