import type { Language } from "#entities/vocabulary.js";

/** Texts about the risk of sending with a WeChat account, and what staff are told of pauses. */
interface SafetyTexts {
  /** What the operator writes into the configuration to switch sending on. */
  readonly sentence: string;
  /** Said at start while sending is off. */
  readonly off: string;
  /** Said at start while sending is on. */
  readonly on: string;
  /** WeChat asked for silence. */
  readonly paused: (facts: { readonly minutes: number; readonly until: string }) => string;
}

export const wechatSafetyTexts: Readonly<Record<Language, SafetyTexts>> = {
  zh: {
    sentence: "我知道用机器人发消息可能导致微信号被限制或封禁",
    off: "微信：只收不发。用机器人发消息可能导致微信号被限制或封禁；确实要发，请按 .env.example 的说明写 HUIYIN_WECHAT_SEND。",
    on: "微信：已打开发送。微信号可能被限制或封禁，请不要用主号。",
    paused: ({ minutes, until }) =>
      `微信提示“操作过于频繁”，这个微信号暂停发送 ${minutes} 分钟，到 ${until}。要发的消息都留着，到时候再慢慢发。请先用手机看看这个号有没有警告；再出现的话，停的时间会加倍。`,
  },
  en: {
    sentence: "I know that sending by a bot may get the WeChat account restricted or banned",
    off: "WeChat: receiving only. Sending by a bot may get the account restricted or banned; to send all the same, set HUIYIN_WECHAT_SEND as .env.example tells.",
    on: "WeChat: sending is on. The account may be restricted or banned; do not use your main one.",
    paused: ({ minutes, until }) =>
      `WeChat says "operation too frequent": this account sends nothing for ${minutes} minutes, until ${until}. What is to be said is kept and goes out slowly after that. Please look at the account on its phone for a warning; if it happens again, the pause is twice as long.`,
  },
};
