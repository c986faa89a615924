/** Longest part of a text that is read, in UTF-16 units. */
export const MAX_TEXT = 100_000;

const SPACE = 32;
const DROP = 0xffff;

// Traditional forms of the characters that the word lists use.
const TRADITIONAL =
  "壞爛發錯態沒個們這還裏裡來過為麼時後間說話請問嗎讓買賣貴質變餿黴軟硬幾漏裝騙謊詐虛傳劑曬醫藥師報訴訟過敏頭髮蟲異劃傷潰腸腹瀉斷貨單訂購換賠償退錢遲誤慘離譜無語氣憤怒滿點鐘號樓團長應該聯繫絡絕對會慢壓幹乾濕鹹澀難準備門關開處責從掉遠誰電費縮實際圖顏與總樣兩給雞魚蝦蘋櫻鮮凍爺媽孫區場產業務員";
const SIMPLIFIED =
  "坏烂发错态没个们这还里里来过为么时后间说话请问吗让买卖贵质变馊霉软硬几漏装骗谎诈虚传剂晒医药师报诉讼过敏头发虫异划伤溃肠腹泻断货单订购换赔偿退钱迟误惨离谱无语气愤怒满点钟号楼团长应该联系络绝对会慢压干干湿咸涩难准备门关开处责从掉远谁电费缩实际图颜与总样两给鸡鱼虾苹樱鲜冻爷妈孙区场产业务员";

const TABLE = buildTable();

function buildTable(): Uint16Array {
  const table = new Uint16Array(65_536);
  for (let code = 0; code < 65_536; code += 1) table[code] = code;
  for (let code = 0xff01; code <= 0xff5e; code += 1) table[code] = code - 0xfee0;
  for (let code = 65; code <= 90; code += 1) {
    table[code] = code + 32;
    table[code + 0xfee0] = code + 32;
  }
  for (let code = 0; code < SPACE; code += 1) table[code] = SPACE;
  table[10] = 10;
  for (const code of [0x85, 0xa0, 0x3000, 0x202f, 0x205f]) table[code] = SPACE;
  for (let code = 0x2000; code <= 0x200a; code += 1) table[code] = SPACE;
  const dropped: readonly (readonly [number, number])[] = [
    [0xad, 0xad],
    [0x180e, 0x180e],
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2060, 0x206f],
    [0xfe00, 0xfe0f],
    [0xfeff, 0xfeff],
    [0, 0],
  ];
  for (const [first, last] of dropped) table.fill(DROP, first, last + 1);
  const marks: readonly (readonly [string, string])[] = [
    ["‘’ʼ`´", "'"],
    ["“”", '"'],
    ["。｡", "."],
    ["、", ","],
    ["～", "~"],
  ];
  for (const [from, to] of marks)
    for (const mark of from) table[mark.charCodeAt(0)] = to.charCodeAt(0);
  for (let at = 0; at < TRADITIONAL.length; at += 1)
    table[TRADITIONAL.charCodeAt(at)] = SIMPLIFIED.charCodeAt(at);
  return table;
}

const KEPT = 4_096;
const keptCodes = new Uint16Array(KEPT);
const keptPlaces = new Int32Array(KEPT);

/**
 * Folds width, case, white space and the traditional forms that the lists know; drops zero-width
 * and direction characters. One pass; line breaks stay. The result is valid until the next call.
 */
export function normaliseText(given: string): NormalisedText {
  const size = Math.min(given.length, MAX_TEXT);
  const codes = size <= KEPT ? keptCodes : new Uint16Array(size);
  const places = size <= KEPT ? keptPlaces : new Int32Array(size);
  let length = 0;
  let previous = SPACE;
  for (let at = 0; at < size; at += 1) {
    const code = TABLE[given.charCodeAt(at)] ?? SPACE;
    if (code === DROP || (code === SPACE && previous === SPACE)) continue;
    codes[length] = code;
    places[length] = at;
    length += 1;
    previous = code;
  }
  return new NormalisedText(codes, places, length);
}

/** A text as the rules and the model read it, with the way back to the text as given. */
export class NormalisedText {
  /** UTF-16 code units; only the first `length` count. Valid until the next call. */
  readonly codes: Uint16Array;
  readonly length: number;
  readonly #places: Int32Array;
  #text: string | undefined;

  constructor(codes: Uint16Array, places: Int32Array, length: number) {
    this.codes = codes;
    this.length = length;
    this.#places = places;
  }

  /** The units as a string; made when first asked for. */
  text(): string {
    this.#text ??= decode(this.codes, this.length);
    return this.#text;
  }

  /** Offset in the given text of the unit at `index`. */
  startOf(index: number): number {
    return this.#places[index] ?? 0;
  }

  /** Offset in the given text just behind the unit before `index`. */
  endOf(index: number): number {
    return index === 0 ? 0 : (this.#places[index - 1] ?? 0) + 1;
  }
}

const PIECE = 4_096;

function decode(codes: Uint16Array, length: number): string {
  let text = "";
  for (let at = 0; at < length; at += PIECE)
    text += Reflect.apply(
      String.fromCharCode,
      null,
      codes.subarray(at, Math.min(length, at + PIECE)),
    );
  return text;
}

/** True for a Han character (the common blocks). */
export function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
}

/** True for an ASCII letter or digit after normalising. */
export function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}
