import type { Language } from "#entities/vocabulary.js";

const LANGUAGE_KEY = "huiyin.language";

/** Where the colour scheme is kept; `before-paint.js` reads the same key. */
export const SCHEME_KEY = "huiyin.scheme";

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers a small choice of this browser; private windows may refuse, which harms nothing. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice holds for this visit.
  }
}

/** A remembered choice, or null. */
export function recallChoice(key: string): string | null {
  return readStored(key);
}

function firstLanguage(): Language {
  const stored = readStored(LANGUAGE_KEY);
  if (stored === "zh" || stored === "en") return stored;
  return /^zh/i.test(navigator.language) ? "zh" : "en";
}

let language: Language = firstLanguage();
const listeners = new Set<() => void>();

/** The language of the page at this moment. */
export function currentLanguage(): Language {
  return language;
}

/** Changes the language of the page and of what the server answers. */
export function chooseLanguage(next: Language): void {
  language = next;
  remember(LANGUAGE_KEY, next);
  document.documentElement.lang = next === "zh" ? "zh-CN" : "en";
  for (const listener of listeners) listener();
}

/** Calls back when the language changes. Returns how to stop. */
export function watchLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
