import type { Language } from "#entities/vocabulary.js";
import { complaintTexts } from "./complaints.js";

interface OutageTexts {
  /** What people call the platforms. */
  readonly names: Readonly<Record<string, string>>;
  readonly duration: (ms: number) => string;
  /** Why a session is taken for dead that says nothing is wrong. */
  silent(minutes: number): string;
  /** What to do about a platform that is down; `other` for those without a line of their own. */
  readonly advice: Readonly<Record<string, string>> & { readonly other: string };
  /** To staff on another platform. `detail` says what is wrong and what to do. */
  down(facts: {
    readonly platform: string;
    readonly since: string;
    readonly detail: string;
    readonly advice: string;
  }): string;
  back(facts: {
    readonly platform: string;
    readonly duration: string;
    readonly since: string;
    readonly until: string;
  }): string;
}

/** What staff are told when a platform cannot be reached, and when it is back. */
export const outageTexts: Readonly<Record<Language, OutageTexts>> = {
  zh: {
    names: {
      slack: "Slack",
      wechat: "微信",
      wecom: "企业微信",
      relay: "代发",
      simulated: "模拟群聊",
    },
    duration: complaintTexts.zh.duration,
    silent: (minutes) =>
      `连接看上去还在，但已有 ${String(minutes)} 分钟没有任何动静。请在控制台“设置”里看状态，必要时重启服务。`,
    advice: {
      wechat: "怎么办：请店主打开控制台“设置”里的“微信”看状态，出现二维码就重新扫码登录。",
      wecom: "怎么办：请店主在控制台“设置”里看“健康”，多半要换一个消息推送地址。",
      other: "怎么办：请店主在控制台“设置”里看“健康”。",
    },
    down: ({ platform, since, detail, advice }) =>
      `⚠️ ${platform}连不上了，从 ${since} 起。恢复之前，那边群里的话我看不到，要发的会先留着。\n${advice}\n情况：${detail}`,
    back: ({ platform, duration, since, until }) =>
      `✅ ${platform}恢复了，断了${duration}（${since} 至 ${until}）。这段时间群里的话可能没读到，日报里会注明。`,
  },
  en: {
    names: {
      slack: "Slack",
      wechat: "WeChat",
      wecom: "WeCom",
      relay: "Relay",
      simulated: "Pretend group",
    },
    duration: complaintTexts.en.duration,
    silent: (minutes) =>
      `The connection looks alive, but nothing has come from it for ${String(minutes)} minutes. Look at Settings in the console; restart the service if it stays so.`,
    advice: {
      wechat:
        "To do: the owner looks at WeChat under Settings in the console, and scans the code again when there is one.",
      wecom:
        "To do: the owner looks at Health under Settings in the console; most likely the webhook needs a new address.",
      other: "To do: the owner looks at Health under Settings in the console.",
    },
    down: ({ platform, since, detail, advice }) =>
      `⚠️ ${platform} cannot be reached since ${since}. Until it is back I do not see what is said there, and what I have to say waits.\n${advice}\nWhat is wrong: ${detail}`,
    back: ({ platform, duration, since, until }) =>
      `✅ ${platform} is back after ${duration} (${since} to ${until}). Messages of that time may be missing; the digest says so.`,
  },
};
