import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Language } from "#entities/vocabulary.js";
import { httpTexts } from "#src/i18n/http.js";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** Types that get smaller by compression. */
const COMPRESSED = [".html", ".js", ".css", ".json", ".webmanifest", ".svg", ".txt"];

/** First parts of a path that are never a page of the console. */
const NOT_PAGES = ["api", "slack", "wechat", "platforms", "healthz", "readyz", "metrics", "assets"];

/** Vite puts a hash of the content into names below this folder: they never change. */
const HASHED = "/assets/";
const INDEX = "/index.html";
const YEAR_SECONDS = 31_536_000;

const zip = promisify(gzip);

interface StaticFile {
  readonly file: string;
  readonly type: string;
  readonly compress: boolean;
  zipped?: Promise<Buffer>;
}

/**
 * The built console as files. Only what is in the folder when it is listed is ever served, by its
 * exact path: nothing that a request says becomes a path on the disk.
 */
export class StaticConsole {
  readonly #folder: string;
  #files: ReadonlyMap<string, StaticFile>;

  constructor(folder: string) {
    this.#folder = folder;
    this.#files = listFiles(folder);
  }

  /** The answer for a path, or null when the console has nothing there. */
  async answer(
    path: string,
    wants: { readonly gzip: boolean; readonly language: Language },
  ): Promise<Response | null> {
    const exact = path === "/" ? undefined : this.#files.get(path);
    if (exact !== undefined) return serve(exact, path.startsWith(HASHED), wants.gzip);
    if (!isPage(path)) return null;
    // A build that came after the start is found without a restart.
    if (!this.#files.has(INDEX)) this.#files = listFiles(this.#folder);
    const index = this.#files.get(INDEX);
    return index === undefined ? notBuilt(wants.language) : serve(index, false, wants.gzip);
  }
}

function listFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  const walk = (below: string): void => {
    for (const entry of entriesOf(join(folder, below))) {
      const path = posix.join(below, entry.name);
      if (entry.isDirectory()) walk(path);
      const extension = posix.extname(path);
      const type = TYPES[extension];
      if (!entry.isFile() || type === undefined || entry.name.startsWith(".")) continue;
      files.set(path, {
        file: join(folder, path),
        type,
        compress: COMPRESSED.includes(extension),
      });
    }
  };
  walk("/");
  return files;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A path that a page of the console may have: plain words, none of them a file or another's place. */
function isPage(path: string): boolean {
  const [empty, ...parts] = path.split("/");
  if (empty !== "") return false;
  if (parts.at(-1) === "") parts.pop();
  if (NOT_PAGES.includes((parts[0] ?? "").toLowerCase())) return false;
  return parts.every((part) => /^[A-Za-z0-9_-]{1,80}$/.test(part));
}

async function serve(file: StaticFile, unchanging: boolean, gzipped: boolean): Promise<Response> {
  const headers: Record<string, string> = {
    "content-type": file.type,
    "cache-control": unchanging ? `public, max-age=${String(YEAR_SECONDS)}, immutable` : "no-cache",
  };
  if (!file.compress) return new Response(await bytesOf(file.file), { headers });
  headers["vary"] = "accept-encoding";
  if (!gzipped) return new Response(await bytesOf(file.file), { headers });
  // Names with a hash never change, so they are compressed once.
  const zipped = unchanging ? (file.zipped ??= zippedOf(file.file)) : zippedOf(file.file);
  headers["content-encoding"] = "gzip";
  return new Response(new Uint8Array(await zipped), { headers });
}

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(file));
}

async function zippedOf(file: string): Promise<Buffer> {
  return zip(await readFile(file));
}

function notBuilt(language: Language): Response {
  const { title, body, command } = httpTexts[language].notBuilt;
  const lang = language === "zh" ? "zh-CN" : "en";
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Huiyin</title><style>body{font:1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}code{font-size:1.1em}</style><h1>${title}</h1><p>${body}</p><p><code>${command}</code></p></html>`;
  return new Response(html, {
    status: 503,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
