import type { Language } from "#entities/vocabulary.js";

/** What the WeChat adapter itself says: to the group, and to whoever runs the service. */
export interface WechatTexts {
  /** Stands before a message that may have arrived already. */
  readonly again: string;
  /** Above the code in the terminal. */
  readonly scan: string;
  /** Instead of the code where nobody sits before a terminal. */
  readonly scanElsewhere: string;
  /** The file of the log-in could not be read. */
  setAside(file: string): string;
}

export const wechatTexts: Readonly<Record<Language, WechatTexts>> = {
  zh: {
    again: "（网络不稳，这条可能重复）",
    scan: "请用要登录的微信扫这个码（谁扫谁登录）：",
    scanElsewhere: "微信等待扫码登录：请打开控制台的微信页面。",
    setAside: (file) => `微信登录文件已损坏，另存为 ${file}。需要重新扫码登录。`,
  },
  en: {
    again: "(Connection trouble: you may see this twice.)",
    scan: "Scan this with the WeChat account that is to log in (whoever scans it logs in):",
    scanElsewhere: "WeChat waits for a scan: open the WeChat page of the console.",
    setAside: (file) =>
      `The file of the WeChat log-in was broken; it is kept as ${file}. Scan again.`,
  },
};
