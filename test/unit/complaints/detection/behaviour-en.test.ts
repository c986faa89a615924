import { describe, expect, it } from "vitest";
import type { Severity } from "#entities/vocabulary.js";
import { createDetector } from "#src/complaints/detection/detector.js";

/** The text, the aspects of which one must lead, and the severity. */
const COMPLAINTS: readonly (readonly [text: string, aspects: string, severity: Severity])[] = [
  ["the mangoes were rotten", "quality", "P3"],
  ["half of my strawberries are mouldy", "quality", "P3"],
  ["chicken smells off", "quality", "P3"],
  ["the milk was out of date", "quality", "P3"],
  ["these peaches are not fresh at all", "quality", "P3"],
  ["ice cream arrived completely thawed", "quality", "P3"],
  ["looks nothing like the picture", "quality", "P3"],
  ["my order is missing two eggs", "shortage", "P3"],
  ["two eggs short", "shortage", "P3"],
  ["only got half of my order", "shortage", "P3"],
  ["the bread was missing from my bag", "shortage", "P3"],
  ["I got the wrong item", "wrong_item", "P3"],
  ["this is someone else's order", "wrong_item", "P3"],
  ["you sent me the wrong size", "wrong_item", "P3"],
  ["still waiting for my order", "delivery", "P3"],
  ["where is my parcel, it's been four days", "delivery", "P3"],
  ["my delivery never arrived", "delivery", "P3"],
  ["great, another late delivery", "delivery", "P3"],
  ["the driver never showed up", "delivery", "P3"],
  ["the box was crushed", "packaging", "P3"],
  ["eggs arrived cracked", "packaging", "P3"],
  ["three cracked ones", "packaging", "P3"],
  ["my eggs arrived with three cracked ones", "packaging", "P3"],
  ["two of the eggs in my box were cracked", "quality", "P3"],
  ["I cracked the eggs into a bowl and two were rotten", "quality", "P3"],
  ["oil leaked all over the bag", "packaging", "P3"],
  ["you charged me twice", "price", "P3"],
  ["overpriced, it's cheaper at the supermarket", "price", "P3"],
  ["nobody replies to my messages", "service", "P3"],
  ["the driver was rude", "service", "P3"],
  ["terrible customer service", "service", "P3"],
  ["still no refund", "refund", "P3"],
  ["I want my money back", "refund", "P3"],
  ["they refuse to refund me", "refund", "P3"],
  ["pickup point was closed", "pickup", "P3"],
  ["someone took my bag", "pickup", "P3"],
  ["you cancelled my order without asking", "stock", "P3"],
  ["found a hair in the soup", "safety", "P3"],
  ["this is a scam, don't buy from them", "trust", "P2"],
  ["never ordering again", "other", "P2"],
  ["third time this happened", "service|other", "P2"],
  ["got food poisoning from your chicken", "safety", "P1"],
  ["my kid threw up after eating the prawns", "safety", "P1"],
  ["we had to go to hospital after eating your fish", "safety", "P1"],
  ["allergic reaction to the cake", "safety", "P1"],
  ["I cut my hand on glass in the box", "safety", "P1"],
  ["my lawyer will contact you", "safety", "P1"],
  ["I will sue you if there is no refund", "safety", "P1"],
  ["reporting you to trading standards", "safety", "P1"],
  ["really disappointed with this order", "other", "P3"],
];

/** What customers write all day and nobody has to look at. */
const NO_COMPLAINTS: readonly string[] = [
  "no problem at all",
  "I cracked two eggs into the pan",
  "crack two eggs into the pan",
  "two eggs cracked into the pan and stirred",
  "we cracked open a bottle of wine",
  "not bad",
  "nothing broken, well packed",
  "not a single rotten one",
  "is it here yet?",
  "what time is pickup",
  "any left?",
  "thanks, got my refund",
  "replacement arrived, all sorted",
  "two were bad but you refunded me straight away, thanks",
  "sour cream please",
  "sorry I'm late",
  "wrong channel, sorry",
  "the build is broken",
  "missing semicolon in main.ts",
  "memory leak again",
  "my dad is in hospital",
  "I'm allergic to nuts, is it safe?",
  "my sister is a lawyer",
  "if anything is broken let me know",
  "bad ones will be refunded",
  "last time at Tesco they were mouldy",
  "so good, thank you",
  "happy birthday",
  "5",
  "10/10",
  "ok",
  "me too",
  "+1",
  "same here",
  "/huiyin status",
  "can I cancel mine",
  "never disappoints",
  "couldn't be happier",
  "the movie was terrible",
  "I'm so tired today",
  "is it sweet?",
  "didn't get sick at all",
  "beware of scam calls",
  "LGTM, merging",
];

describe("English lines of a group", () => {
  const detector = createDetector();
  const judge = (text: string) => detector.consider({ text }, [], { mode: "chat" });

  it.each(COMPLAINTS)("“%s” is a complaint about %s, %s", (text, aspects, severity) => {
    const verdict = judge(text);
    expect(verdict.complaint).toBe(true);
    expect(aspects.split("|")).toContain(verdict.aspects[0]);
    expect(verdict.severity).toBe(severity);
    expect(verdict.polarity).toBeLessThan(0);
    expect(verdict.evidence.length).toBeGreaterThan(0);
  });

  it.each(NO_COMPLAINTS)("“%s” is no complaint", (text) => {
    const verdict = judge(text);
    expect(verdict.complaint).toBe(false);
    expect(verdict.severity).toBeNull();
    expect(verdict.p1Rule).toBeNull();
  });
});
