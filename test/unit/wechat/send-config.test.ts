import { describe, expect, it } from "vitest";
import type { ConfigFault } from "#src/app/config.js";
import { readSendRules, WECHAT_SEND_VARIABLES } from "#src/app/wechat-send-config.js";
import { wechatSafetyTexts } from "#src/i18n/wechat-safety.js";

function rules(env: Readonly<Record<string, string>>) {
  const faults: ConfigFault[] = [];
  return { rules: readSendRules(env, "Asia/Shanghai", faults), faults };
}

describe("sending by WeChat", () => {
  it("is off, slow and quiet unless somebody says otherwise", () => {
    expect(rules({})).toEqual({
      faults: [],
      rules: {
        sending: false,
        gap: { from: 3_000, to: 8_000 },
        roomGap: 30_000,
        perMinute: 6,
        perHour: 60,
        perDay: 300,
        quiet: { from: "22:00", to: "08:00" },
        timeZone: "Asia/Shanghai",
        firstSilence: 86_400_000,
        pause: 1_800_000,
      },
    });
  });

  it.each([
    wechatSafetyTexts.zh.sentence,
    wechatSafetyTexts.en.sentence,
    ` "${wechatSafetyTexts.en.sentence.toUpperCase()}." `,
  ])("is on by the sentence that states the risk: %s", (sentence) => {
    expect(rules({ HUIYIN_WECHAT_SEND: sentence })).toMatchObject({
      faults: [],
      rules: { sending: true },
    });
  });

  it.each(["on", "true", "1", "yes", "我知道", "I know that sending by a bot is fun"])(
    "stays off and says which sentence is meant when it reads %s",
    (value) => {
      const { rules: read, faults } = rules({ HUIYIN_WECHAT_SEND: value });
      expect(read.sending).toBe(false);
      expect(faults).toHaveLength(1);
      expect(faults[0]?.example).toContain(wechatSafetyTexts.zh.sentence);
      expect(faults[0]?.example).toContain(wechatSafetyTexts.en.sentence);
    },
  );

  it("takes every number from the environment", () => {
    const { faults, rules: read } = rules({
      HUIYIN_WECHAT_GAP_SECONDS: "5-20",
      HUIYIN_WECHAT_ROOM_GAP_SECONDS: "60",
      HUIYIN_WECHAT_PER_MINUTE: "2",
      HUIYIN_WECHAT_PER_HOUR: "20",
      HUIYIN_WECHAT_PER_DAY: "100",
      HUIYIN_WECHAT_QUIET: "none",
      HUIYIN_WECHAT_FIRST_SILENCE_HOURS: "48",
      HUIYIN_WECHAT_PAUSE_MINUTES: "60",
    });
    expect(faults).toEqual([]);
    expect(read).toMatchObject({
      gap: { from: 5_000, to: 20_000 },
      roomGap: 60_000,
      perMinute: 2,
      perHour: 20,
      perDay: 100,
      quiet: null,
      firstSilence: 172_800_000,
      pause: 3_600_000,
    });
  });

  it.each([
    ["HUIYIN_WECHAT_GAP_SECONDS", "0-0"],
    ["HUIYIN_WECHAT_GAP_SECONDS", "8-3"],
    ["HUIYIN_WECHAT_GAP_SECONDS", "5"],
    ["HUIYIN_WECHAT_ROOM_GAP_SECONDS", "0"],
    ["HUIYIN_WECHAT_PER_MINUTE", "31"],
    ["HUIYIN_WECHAT_PER_HOUR", "many"],
    ["HUIYIN_WECHAT_PER_DAY", "-1"],
    ["HUIYIN_WECHAT_QUIET", "22-8"],
    ["HUIYIN_WECHAT_QUIET", "22:00-24:00"],
    ["HUIYIN_WECHAT_QUIET", "22:00-22:00"],
    ["HUIYIN_WECHAT_FIRST_SILENCE_HOURS", "1.5"],
    ["HUIYIN_WECHAT_PAUSE_MINUTES", "1"],
  ])("names %s when it is %s", (variable, value) => {
    expect(rules({ [variable]: value }).faults.map((fault) => fault.variable)).toEqual([variable]);
    expect(WECHAT_SEND_VARIABLES).toContain(variable);
  });
});
