import { describe, expect, it } from "vitest";
import { createDetector } from "#src/complaints/detection/detector.js";
import { HARM_EN, HARMLESS_EN } from "./safety-lines-en.js";
import { HARM_ZH, HARMLESS_ZH } from "./safety-lines-zh.js";

const detector = createDetector();
const judge = (text: string) => detector.consider({ text }, [], { mode: "chat" });

describe.each([
  ["Chinese", HARM_ZH, HARMLESS_ZH],
  ["English", HARM_EN, HARMLESS_EN],
] as const)("what does harm in food, %s", (_language, harm, harmless) => {
  it.each(harm)("“%s” is P1 by rule", (text) => {
    const verdict = judge(text);
    expect(verdict.p1Rule).not.toBeNull();
    expect(verdict).toMatchObject({ complaint: true, severity: "P1" });
    expect(verdict.aspects[0]).toBe("safety");
    expect(verdict.evidence[0]?.source).toBe("safety");
  });

  it.each(harmless)("“%s” is no P1", (text) => {
    const verdict = judge(text);
    expect(verdict.p1Rule).toBeNull();
    expect(verdict.severity).not.toBe("P1");
  });
});
