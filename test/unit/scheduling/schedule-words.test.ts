import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SCHEDULE_HINTS, type ScheduleHint } from "#src/scheduling/schedule-lexicon.js";
import { describeSchedule, scheduleFromWords } from "#src/scheduling/schedule-words.js";

describe("schedules in words", () => {
  it.each([
    // Every day
    ["每天20:00", "0 20 * * *"],
    ["每天 20：00", "0 20 * * *"],
    ["每日20点", "0 20 * * *"],
    ["每天晚上8点", "0 20 * * *"],
    ["每天晚八点半", "30 20 * * *"],
    ["每晚8点", "0 20 * * *"],
    ["每天早上9点15分", "15 9 * * *"],
    ["每天上午十点一刻", "15 10 * * *"],
    ["每天二十点三十分", "30 20 * * *"],
    ["每天八点零五分", "5 8 * * *"],
    ["每天下午3点三刻", "45 15 * * *"],
    ["每天下午15点", "0 15 * * *"],
    ["每天中午", "0 12 * * *"],
    ["每天中午12点半", "30 12 * * *"],
    ["每天中午1点", "0 13 * * *"],
    ["每天凌晨1点", "0 1 * * *"],
    ["每天凌晨12点", "0 0 * * *"],
    ["每天零点", "0 0 * * *"],
    ["每天晚上12点", "0 0 * * *"],
    ["每天晚上0点", "0 0 * * *"],
    ["每天8点", "0 8 * * *"],
    ["every day at 20:00", "0 20 * * *"],
    ["Every day at 8 PM", "0 20 * * *"],
    ["daily at 8:30pm", "30 20 * * *"],
    ["daily at 9", "0 9 * * *"],
    ["every day at 12am", "0 0 * * *"],
    ["every day at 12 pm", "0 12 * * *"],
    ["daily at noon", "0 12 * * *"],
    ["every day at 12 noon", "0 12 * * *"],
    ["every day at midnight", "0 0 * * *"],
    ["every evening at 8", "0 20 * * *"],
    ["every day at 9 in the morning", "0 9 * * *"],
    ["every day at nine o'clock", "0 9 * * *"],
    // Several times a day
    ["每天9点和20点", "0 9,20 * * *"],
    ["每天9点20点", "0 9,20 * * *"],
    ["每天9、20点", "0 9,20 * * *"],
    ["每天 9:30、18:30", "30 9,18 * * *"],
    ["每天早上9点晚上8点", "0 9,20 * * *"],
    ["every day at 9 am and 6 pm", "0 9,18 * * *"],
    // Weekdays
    ["每周五18:30", "30 18 * * 5"],
    ["周五18:30", "30 18 * * 5"],
    ["每星期五下午6点半", "30 18 * * 5"],
    ["礼拜天 10点", "0 10 * * 0"],
    ["每周5 18:30", "30 18 * * 5"],
    ["每周一三五 9点", "0 9 * * 1,3,5"],
    ["每周一三五九点", "0 9 * * 1,3,5"],
    ["每周一、三、五 9点", "0 9 * * 1,3,5"],
    ["每周一，周三，周五 9:00", "0 9 * * 1,3,5"],
    ["周1、3、5 9:00", "0 9 * * 1,3,5"],
    ["周1-5 9:00", "0 9 * * 1-5"],
    ["每周六日 10点", "0 10 * * 0,6"],
    ["周一到周五 9:00", "0 9 * * 1-5"],
    ["周一至五9点", "0 9 * * 1-5"],
    ["每周五到周日 10点", "0 10 * * 0,5,6"],
    ["每周一到周日 10点", "0 10 * * *"],
    ["每周一二十点", "0 20 * * 1"],
    ["每周五六点", "0 6 * * 5"],
    ["工作日9:00", "0 9 * * 1-5"],
    ["每个工作日上午9点30分", "30 9 * * 1-5"],
    ["周末 10:00", "0 10 * * 0,6"],
    ["每周一到周五每天9点", "0 9 * * 1-5"],
    ["weekdays at 9am", "0 9 * * 1-5"],
    ["weekends at 10", "0 10 * * 0,6"],
    ["every Friday 18:30", "30 18 * * 5"],
    ["Fridays at 6:30 p.m.", "30 18 * * 5"],
    ["Mon, Wed at 9:00", "0 9 * * 1,3"],
    ["every Mon/Wed/Fri at 10", "0 10 * * 1,3,5"],
    ["Monday, Wednesday and Friday at 9:00", "0 9 * * 1,3,5"],
    ["mon-fri 9:30 pm", "30 21 * * 1-5"],
    ["at 9am every Friday", "0 9 * * 5"],
    // Days of the month
    ["每月最后一天 20:00", "0 20 L * *"],
    ["每个月的最后一天晚上8点", "0 20 L * *"],
    ["每月底晚上8点", "0 20 L * *"],
    ["每月1号10点", "0 10 1 * *"],
    ["每月一号上午十点", "0 10 1 * *"],
    ["每月十五日 20:00", "0 20 15 * *"],
    ["每月1号和15号 10:00", "0 10 1,15 * *"],
    ["每月1、15号 10:00", "0 10 1,15 * *"],
    ["每月1号和最后一天 10:00", "0 10 1,L * *"],
    ["每月第一天 9点", "0 9 1 * *"],
    ["每月第一个周一 9点", "0 9 * * 1#1"],
    ["每月最后一个周五 18:00", "0 18 * * 5L"],
    ["last day of the month at 8pm", "0 20 L * *"],
    ["end of the month at 20:00", "0 20 L * *"],
    ["1st of every month 10:00", "0 10 1 * *"],
    ["on the 1st and 15th of each month at 10:00", "0 10 1,15 * *"],
    ["monthly on the 15th at 9:30", "30 9 15 * *"],
    ["first day of the month at 9:00", "0 9 1 * *"],
    ["first Monday of the month at 9:00", "0 9 * * 1#1"],
    ["1st and 3rd Monday of every month at 9:00", "0 9 * * 1#1,1#3"],
    ["last Friday of the month 18:30", "30 18 * * 5L"],
    // Intervals
    ["每两小时", "0 */2 * * *"],
    ["每隔两个小时", "0 */2 * * *"],
    ["每小时", "0 * * * *"],
    ["每半小时", "*/30 * * * *"],
    ["每15分钟", "*/15 * * * *"],
    ["工作日每2小时", "0 */2 * * 1-5"],
    ["hourly", "0 * * * *"],
    ["every 2 hours", "0 */2 * * *"],
    ["every 30 minutes", "*/30 * * * *"],
    ["every half hour on weekdays", "*/30 * * * 1-5"],
    // Syntax
    ["0 20 * * *", "0 20 * * *"],
    ["  0 20  L * * ", "0 20 L * *"],
    ["30 9 * * mon-fri", "30 9 * * MON-FRI"],
  ])("%s is %s", (text, pattern) => {
    expect(scheduleFromWords(text)).toEqual({ kind: "ok", pattern });
  });

  const unclear: readonly (readonly [string, ScheduleHint])[] = [
    ["每周五", "noTime"],
    ["每天", "noTime"],
    ["每天晚上", "noTime"],
    ["every Friday", "noTime"],
    ["20:00", "noDay"],
    ["每周 20:00", "noDay"],
    ["每周19:00", "noDay"],
    ["每月 20:00", "noDay"],
    ["weekly at 9:00", "noDay"],
    ["1号10点", "noMonth"],
    ["1st at 10:00", "noMonth"],
    ["first Monday at 9:00", "noMonth"],
    ["明天9点", "once"],
    ["这周五 18:30", "once"],
    ["next Friday at 9", "once"],
    ["tomorrow at 9:00", "once"],
    ["隔天 9点", "unsupported"],
    ["每两天 9点", "unsupported"],
    ["每隔一天 9点", "unsupported"],
    ["双周五 9点", "unsupported"],
    ["每两周 周五 9点", "unsupported"],
    ["每三个月 9点", "unsupported"],
    ["每季度 9点", "unsupported"],
    ["每年 1月1日 9点", "unsupported"],
    ["every other Friday at 9", "unsupported"],
    ["every 3rd day at 9", "unsupported"],
    ["every 2 days at 9", "unsupported"],
    ["fortnightly on Friday at 9", "unsupported"],
    ["每天25点", "badTime"],
    ["每天 9:75", "badTime"],
    ["每天晚上1点", "badTime"],
    ["每天早上20点", "badTime"],
    ["每周五 8", "badTime"],
    ["every day at 13 am", "badTime"],
    ["every day at 24:00", "badTime"],
    ["每周五晚上12点", "midnight"],
    ["every Friday at midnight", "midnight"],
    ["每天 9:00、18:30", "differentMinutes"],
    ["每5小时", "oddInterval"],
    ["每7分钟", "oddInterval"],
    ["every minute", "oddInterval"],
    ["every 36 hours", "oddInterval"],
    ["每月31号 10:00", "shortMonth"],
    ["every month on the 30th at 9:00", "shortMonth"],
    ["每月1号和每周五 9点", "bothDays"],
    ["", "notUnderstood"],
    ["   ", "notUnderstood"],
    ["hello", "notUnderstood"],
    ["satin at 9:00", "notUnderstood"],
    ["每天 9:00到18:00", "notUnderstood"],
    ["every day at 20:00 please", "notUnderstood"],
    ["monday to 9:00", "notUnderstood"],
    ["30分钟", "notUnderstood"],
    ["每月32号 9点", "notUnderstood"],
    ["每月第六个周一 9点", "notUnderstood"],
    ["每天".repeat(100), "tooLong"],
  ];
  it.each(unclear)("%s is not guessed: %s", (text, hint) => {
    expect(scheduleFromWords(text)).toEqual({ kind: "unclear", hint: SCHEDULE_HINTS[hint] });
  });

  it("has a case for each hint", () => {
    const seen = new Set(unclear.map(([, hint]) => hint));
    expect(Object.keys(SCHEDULE_HINTS).filter((hint) => !seen.has(hint as ScheduleHint))).toEqual(
      [],
    );
  });

  it.each([
    ["0 9 13 * 5", "Friday the 13th", "13日恰逢周五"],
    ["30 0 20 * * *", "seconds", "不支持秒"],
    ["0 20 31 2 *", "never fire", "永远不会触发"],
    ["0 25 * * *", "hour field", "小时"],
  ])("explains what is wrong with the syntax of %s", (text, english, chinese) => {
    const reading = scheduleFromWords(text);
    const hint = reading.kind === "unclear" ? reading.hint : { zh: "", en: "" };
    expect(hint.en).toContain(english);
    expect(hint.zh).toContain(chinese);
  });

  it("answers anything made of schedule words, and only with patterns it can describe", () => {
    const words =
      "每 天 每天 周 一 三 五 日 十 二 两 20 9 9:30 点 半 分 号 月 第 最后一天 最后一个 晚上 下午 小时 分钟 到 、 every day at mon fri 1st first last of month hours pm - weekdays noon 隔";
    const piece = fc.constantFrom(...words.split(" "));
    let ok = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
        const reading = scheduleFromWords(pieces.join(" "));
        if (reading.kind === "unclear") return;
        ok += 1;
        expect(scheduleFromWords(reading.pattern)).toEqual(reading);
        for (const language of ["zh", "en"] as const) {
          const text = describeSchedule(reading.pattern, language);
          expect(scheduleFromWords(text)).toEqual(reading);
        }
      }),
      { numRuns: 20_000 },
    );
    expect(ok).toBeGreaterThan(20);
  });
});

describe("schedules described", () => {
  it.each([
    ["0 20 * * *", "每天 20:00", "every day at 20:00"],
    ["5 9 * * *", "每天 09:05", "every day at 09:05"],
    ["30 9,18 * * *", "每天 09:30、18:30", "every day at 09:30 and 18:30"],
    ["30 18 * * 5", "每周五 18:30", "every Friday at 18:30"],
    ["30 18 * * FRI", "每周五 18:30", "every Friday at 18:30"],
    ["0 10 * * 7", "每周日 10:00", "every Sunday at 10:00"],
    ["0 9 * * 1-5", "工作日 09:00", "weekdays at 09:00"],
    ["0 9 * * 5,4,3,2,1", "工作日 09:00", "weekdays at 09:00"],
    ["0 9 * * 6,0", "周末 09:00", "weekends at 09:00"],
    ["0 9 * * 0-6", "每天 09:00", "every day at 09:00"],
    ["0 9 * * 0,1,3", "每周一、三、日 09:00", "every Monday, Wednesday and Sunday at 09:00"],
    ["0 20 L * *", "每月最后一天 20:00", "last day of every month at 20:00"],
    [
      "0 10 1,2,3,11,22 * *",
      "每月1号、2号、3号、11号、22号 10:00",
      "1st, 2nd, 3rd, 11th and 22nd of every month at 10:00",
    ],
    ["0 10 1,L * *", "每月1号、最后一天 10:00", "1st and last day of every month at 10:00"],
    ["0 9 * * 1#1", "每月第一个周一 09:00", "first Monday of every month at 09:00"],
    ["0 9 * * 5L", "每月最后一个周五 09:00", "last Friday of every month at 09:00"],
    ["0 * * * *", "每小时", "every hour"],
    ["0 */2 * * *", "每2小时", "every 2 hours"],
    ["*/30 * * * *", "每30分钟", "every 30 minutes"],
    ["0 */2 * * 1-5", "工作日每2小时", "every 2 hours on weekdays"],
  ])("%s: %s / %s", (pattern, chinese, english) => {
    expect(describeSchedule(pattern, "zh")).toBe(chinese);
    expect(describeSchedule(pattern, "en")).toBe(english);
  });

  it.each([
    "0 20 * 2 *",
    "*/7 * * * *",
    "0 */5 * * *",
    "15 * * * *",
    "0,30 8-20 * * *",
    "0 9 * * 1#1,3",
    "not a pattern",
    "0 9 13 * 5",
  ])("%s stays as it is", (pattern) => {
    expect(describeSchedule(pattern, "zh")).toBe(pattern);
    expect(describeSchedule(pattern, "en")).toBe(pattern);
  });
});
