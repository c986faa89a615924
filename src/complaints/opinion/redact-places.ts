/** "3栋", "12号楼", "A座", "502室", "5号": also a date, which is no loss. */
const UNIT_ZH = /[a-z]?\d{1,4}[a-z]? ?(?:号楼|号院|号门|号|栋|幢|座|单元|弄|室|楼|门|#)/giu;
const LETTERED_ZH = /[a-z] ?(?:座|栋|幢|单元|楼)/giu;
const SAID_UNIT_ZH = /[一二三四五六七八九十百零〇两]{1,5}(?:号楼|号院|号|栋|幢|单元|弄|室|楼)/gu;
const ROAD_ZH =
  /\p{Script=Han}{1,6}(?:大道|胡同|路|街|巷|里|村|镇)[东西南北中]?(?: ?\[address\]| ?\d{1,5})/gu;
const ESTATE_ZH =
  /(\p{Script=Han}{1,6})(?:小区|花园|公寓|家园|新村|大厦|名苑|雅苑|花苑|豪庭|公馆|山庄)/gu;
/** "our estate" and the like name no place. */
const NO_PLACE = /(?:我们|咱们|你们|他们|整个|这个|那个|哪个|每个|全|本|咱|各|隔壁|别的|同一个?)$/u;
/** Door numbers: 3-2-501, 12-1203. */
const DOOR = /\d{1,3}[-–—]\d{1,3}[-–—]\d{1,4}|#?\d{1,3}[-–—]\d{3,4}/gu;

const STREET_EN =
  /(?:\b\d{1,5}[a-z]?|\[number\]),? ([a-z][a-z'.]{1,20}(?: [a-z][a-z'.]{1,20}){0,2}) (?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|cres|place|way|terrace|square|blvd|boulevard|gardens|grove|hill|mews|parade|highway|jalan|lorong)\b/giu;
/** With one of these in it, it was a sentence and no street ("2 bags on the way"). */
const NO_STREET =
  /(?:^| )(?:the|a|an|on|in|my|your|our|their|this|that|of|to|by|at|from|all|any|no|is|was|are|were|and|per|each|half)(?: |$)/iu;
const UNIT_EN =
  /\b(?:flat|apt|apartment|unit|suite|room|rm|block|blk|house|floor|villa|tower|building|bldg|plot|gate|door|number|no|postcode|zip)\b[ .:#]{0,2}[a-z]?-?\d{1,5}[a-z]?\b/giu;
const LETTERED_EN = /\b(?:flat|apt|apartment|unit|suite|block|blk|tower) [A-Z]\b/gu;
const FLOOR_EN = /\b\d{1,3}(?:st|nd|rd|th) (?:floor|avenue|street|ave|st)\b/giu;
const POSTCODE_UK = /\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b/giu;
const POSTCODE_CA = /\b[a-z]\d[a-z] ?\d[a-z]\d\b/giu;

/** What belongs together: "[address][address]501" is one place. */
const PIECES = /\[address\](?:-?(?:\[address\]|[\d零〇一二三四五六七八九]))+/gu;

/** Takes out where somebody lives: streets, estates, doors, postcodes; in both languages. */
export function removePlaces(text: string): string {
  return text
    .replace(STREET_EN, (found: string, words: string) =>
      NO_STREET.test(words) ? found : "[address]",
    )
    .replace(UNIT_EN, "[address]")
    .replace(LETTERED_EN, "[address]")
    .replace(FLOOR_EN, "[address]")
    .replace(POSTCODE_UK, "[address]")
    .replace(POSTCODE_CA, "[address]")
    .replace(UNIT_ZH, "[address]")
    .replace(SAID_UNIT_ZH, "[address]")
    .replace(LETTERED_ZH, "[address]")
    .replace(ROAD_ZH, "[address]")
    .replace(ESTATE_ZH, (found: string, words: string) =>
      NO_PLACE.test(words) ? found : "[address]",
    )
    .replace(DOOR, "[address]")
    .replace(PIECES, "[address]");
}
