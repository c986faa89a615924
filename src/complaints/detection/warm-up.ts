import { LANGUAGES } from "#entities/vocabulary.js";
import type { Detector } from "./verdict.js";

const LINES = { zh: "收到，谢谢团长", en: "Got it, thanks a lot" } as const;

/**
 * Judges a plain line of each language, so that nobody's first message has to wait for word lists to
 * be loaded and compiled. Keeps the process busy for about a quarter of a second.
 */
export function warmUp(detector: Detector): void {
  for (const language of LANGUAGES) {
    const message = {
      text: LINES[language],
      role: "customer",
      memberKey: "warm-up",
      at: 0,
    } as const;
    detector.consider(message, [], { mode: "chat" });
  }
}
