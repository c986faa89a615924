import { readFileSync } from "node:fs";
import { ASPECTS, LANGUAGES, type Language } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";

/** The tables of a model, in the order in which they lie side by side. */
export const TABLES = ["general", "group", "reviews", "domain"] as const;
export type TableName = (typeof TABLES)[number];

/** What is told about a complaint: its aspects, and whether somebody came to harm. */
export const DETAILS = [...ASPECTS, "harm"] as const;

/** Weights of one byte, -127 to 127, with what one of them is worth. */
export interface ByteTable {
  /** One for each output. */
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  /** The outputs of one feature side by side; the number of features is a power of two. */
  readonly weights: Int8Array;
}

/** A trained judge of one language as it lies in its file. */
export interface TrainedWeights {
  readonly language: Language;
  /** Outputs {@link TABLES}. */
  readonly tables: ByteTable;
  /** Outputs {@link DETAILS}. */
  readonly details: ByteTable;
}

const MAGIC = 0x484c4d32;
const FEWEST_BITS = 8;
const MOST_BITS = 22;
const FIRST_OUTPUT = 8;
/** Magic, language, bits of either table; scale and bias of each output; the checksum. */
const HEADER = FIRST_OUTPUT + 8 * (TABLES.length + DETAILS.length) + 4;

function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function bytesOf(weights: Int8Array): Uint8Array {
  return new Uint8Array(weights.buffer, weights.byteOffset, weights.length);
}

function bitsOf(table: ByteTable): number {
  return Math.log2(table.weights.length / table.biases.length);
}

/** The bytes of a model file: a head (little endian), then the weights of both tables. */
export function encodeModel({ language, tables, details }: TrainedWeights): Uint8Array {
  const bytes = new Uint8Array(HEADER + tables.weights.length + details.weights.length);
  bytes.set(bytesOf(tables.weights), HEADER);
  bytes.set(bytesOf(details.weights), HEADER + tables.weights.length);
  const head = new DataView(bytes.buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint16(4, LANGUAGES.indexOf(language), true);
  head.setUint8(6, bitsOf(tables));
  head.setUint8(7, bitsOf(details));
  const biases = [...tables.biases, ...details.biases];
  [...tables.scales, ...details.scales].forEach((scale, at) => {
    head.setFloat32(FIRST_OUTPUT + 8 * at, scale, true);
    head.setFloat32(FIRST_OUTPUT + 8 * at + 4, biases[at] ?? 0, true);
  });
  head.setUint32(HEADER - 4, checksum(bytes.subarray(HEADER)), true);
  return bytes;
}

/** The scales (`shift` 0) or biases (4) of `count` outputs from the one numbered `from`. */
function outputsOf(head: DataView, shift: 0 | 4, from: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) =>
    head.getFloat32(FIRST_OUTPUT + 8 * (from + at) + shift, true),
  );
}

/**
 * Reads the bytes of a model file.
 * @throws AppError `invalid-config` when the bytes are no model or are damaged.
 */
export function decodeModel(bytes: Uint8Array, origin: string): TrainedWeights {
  const broken = (reason: string) =>
    new AppError("invalid-config", `The model file ${origin} cannot be used: ${reason}.`, {
      field: origin,
      remedy: "Install the program again, or train anew with `npm run train`.",
    });
  if (bytes.length < HEADER) throw broken("it is too short");
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.getUint32(0, true) !== MAGIC) throw broken("it is no model file");
  const language = LANGUAGES[head.getUint16(4, true)];
  const bits = [head.getUint8(6), head.getUint8(7)] as const;
  if (language === undefined || bits.some((one) => one < FEWEST_BITS || one > MOST_BITS))
    throw broken("its head is damaged");
  const first = TABLES.length * 2 ** bits[0];
  const second = DETAILS.length * 2 ** bits[1];
  if (bytes.length !== HEADER + first + second) throw broken("its length does not fit its head");
  const weights = bytes.subarray(HEADER);
  if (checksum(weights) !== head.getUint32(HEADER - 4, true))
    throw broken("its checksum does not fit");
  const signed = new Int8Array(weights.buffer, weights.byteOffset, weights.length);
  return {
    language,
    tables: {
      scales: outputsOf(head, 0, 0, TABLES.length),
      biases: outputsOf(head, 4, 0, TABLES.length),
      weights: signed.subarray(0, first),
    },
    details: {
      scales: outputsOf(head, 0, TABLES.length, DETAILS.length),
      biases: outputsOf(head, 4, TABLES.length, DETAILS.length),
      weights: signed.subarray(first),
    },
  };
}

/**
 * Loads a model file in one read.
 * @throws AppError `invalid-config` when the file cannot be read or is damaged.
 */
export function loadModel(file: URL): TrainedWeights {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new AppError("invalid-config", `The model file ${file.href} cannot be read.`, {
      field: file.href,
      cause,
    });
  }
  return decodeModel(bytes, file.href);
}
