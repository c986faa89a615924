const HAN = /\p{Script=Han}/u;
const ALL_HAN = /^\p{Script=Han}+$/u;
const SEPARATORS = /[^\p{L}\p{N}]+/u;
const LETTER = /[\p{L}\p{N}]/u;
/** Parts of display names that are words of every chat. */
const COMMON = new Set(["the", "and", "for", "from", "mom", "mum", "dad", "team", "group"]);
/** What a neighbour is called after: 安安妈 is spoken of as 安安 too. */
const KIN = /(?:妈妈|爸爸|奶奶|爷爷|外婆|姥姥|姥爷|妈|爸)$/u;
/** Roles, not names. */
const ROLES = new Set(["老板", "团长", "店长", "客服", "店员", "店主"]);

const TITLED_ZH =
  /(?:欧阳|司马|上官|诸葛|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])\p{Script=Han}{0,2}(?:先生|女士|小姐|太太|阿姨|叔叔|伯伯|老师|师傅|大姐|大哥|大爷|大妈|大叔|奶奶|爷爷|姐姐|哥哥|妈妈|爸爸|医生|经理|店长|团长|老板|同学|主任|姐|哥|嫂|婶|姨|叔|总(?!是|共|之|算|有|会|要|不))/gu;
/** "小王", "老李", "阿强"; what reads so and is food or a common word ("小龙虾", "老陈醋") is not taken. */
const FAMILIAR_ZH =
  /[小老阿][王李张刘陈杨赵吴徐孙朱郭何罗郑谢宋邓曹彭冯董袁潘蒋魏吕沈卢崔钟谭贾韦邱秦尹薛闫陶贺顾郝龚邵强华明芳红军](?![醋子酒米菜梅围])/gu;
const INTRODUCED_ZH =
  /(我叫|名字是|名字叫|姓名|收件人|收货人|联系人|取货人)[:是叫]? ?\p{Script=Han}{2,3}/gu;
const TITLED_EN =
  /\b(?:mr|mrs|ms|mister|dr|auntie|aunty|uncle|aunt|madam|makcik|pakcik)\b\.? ?[a-z][a-z'-]{1,30}(?: (?:[A-Z][a-z'-]{1,30}))?/gu;
const CAPITAL_TITLED_EN =
  /\b(?:Mr|Mrs|Ms|Miss|Mister|Dr|Prof|Auntie|Aunty|Aunt|Uncle|Sir|Madam|Sister|Brother|MR|MRS|MS|DR)\b\.? ?[A-Za-z][A-Za-z'-]{1,30}(?: [A-Z][a-z'-]{1,30})?/gu;
const INTRODUCED_EN =
  /\b(my name is|my name's|i am called|name ?:|under the name(?: of)?) ?[a-z][a-z'-]{1,30}(?: [a-z][a-z'-]{1,30})?/giu;
const SIGNED_EN = /\b(call me|regards,?|signed,?) ?[a-z][a-z'-]{1,30}/giu;

/** The forms in which a display name is spoken: as a whole, in its parts, without surname or kinship. */
function formsOf(name: string): readonly string[] {
  const whole = name.normalize("NFKC").trim().toLowerCase();
  const forms = new Set<string>([whole]);
  for (const part of whole.split(SEPARATORS)) {
    forms.add(part);
    if (!ALL_HAN.test(part)) continue;
    forms.add(part.replace(KIN, ""));
    if (part.length === 3 && !KIN.test(part)) forms.add(part.slice(1));
  }
  return [...forms].filter(isTelling);
}

function isTelling(form: string): boolean {
  if (HAN.test(form)) return form.length >= 2 && !ROLES.has(form);
  return form.length >= 3 && LETTER.test(form) && !COMMON.has(form) && !/^\d+$/.test(form);
}

function isLatinAt(text: string, index: number): boolean {
  const mark = text.charAt(index);
  return mark !== "" && LETTER.test(mark) && !HAN.test(mark);
}

/** Replaces one form wherever it stands by itself; a Han name needs no border. */
function removeForm(text: string, form: string): string {
  const lower = text.toLowerCase();
  // A letter whose small form is longer shifts every place after it: then the small forms are sent.
  const given = lower.length === text.length ? text : lower;
  const kept: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(form); at >= 0; at = lower.indexOf(form, at + 1)) {
    if (at < from) continue;
    const end = at + form.length;
    const inside =
      (isLatinAt(lower, at) && isLatinAt(lower, at - 1)) ||
      (isLatinAt(lower, end - 1) && isLatinAt(lower, end));
    if (inside) continue;
    kept.push(given.slice(from, at), "[name]");
    from = end;
  }
  return kept.length === 0 ? text : kept.join("") + given.slice(from);
}

/**
 * Takes known names out, in whatever case and also in parts ("Anna Lee" as "anna", "王小明" as "小明",
 * "安安妈" as "安安"). A name of one character, or of two Latin letters, is left.
 */
export function removeNames(text: string, names: readonly string[]): string {
  const forms = [...new Set(names.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  let left = text;
  for (const form of forms) left = removeForm(left, form);
  return left;
}

/** Takes out names that show as such: with a title, or introduced. */
export function removePeople(text: string): string {
  return text
    .replace(INTRODUCED_ZH, "$1[name]")
    .replace(TITLED_ZH, "[name]")
    .replace(FAMILIAR_ZH, "[name]")
    .replace(INTRODUCED_EN, "$1 [name]")
    .replace(SIGNED_EN, "$1 [name]")
    .replace(CAPITAL_TITLED_EN, "[name]")
    .replace(TITLED_EN, "[name]");
}
