/** Name of the platform in events, rooms and settings. */
export const WECHAT = "wechat";

/** Longest id of the platform that is taken for one; longer ones are nothing a puppet makes. */
export const LONGEST_ID = 250;
