/** How the bytes of a file became text. */
export interface Decoded {
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "gb18030";
  /** NUL characters that were left out. */
  readonly nulls: number;
  /** Characters that could not be read. */
  readonly unreadable: number;
}

const SAMPLE = 4_096;

/**
 * Text of an uploaded file: by its byte order mark, else UTF-8 where that fits, else GB18030, in
 * which Chinese programs on Windows write. Never throws; what cannot be read is counted. Pure.
 */
export function decodeUpload(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  const decoded = new TextDecoder(encoding).decode(bytes);
  const text = decoded.replaceAll("\u0000", "");
  return {
    text,
    encoding,
    nulls: decoded.length - text.length,
    unreadable: text.split("\ufffd").length - 1,
  };
}

function encodingOf(bytes: Uint8Array): Decoded["encoding"] {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const bare = utf16WithoutMark(bytes.subarray(0, SAMPLE));
  if (bare !== null) return bare;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "gb18030";
  }
}

/** Line ends of UTF-16 are a zero byte beside a 10, always on the same side. */
function utf16WithoutMark(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  let [little, big] = [0, 0];
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (bytes[at] === 10 && bytes[at + 1] === 0) little += 1;
    if (bytes[at] === 0 && bytes[at + 1] === 10) big += 1;
  }
  if (little === 0 && big === 0) return null;
  return little >= big ? "utf-16le" : "utf-16be";
}
