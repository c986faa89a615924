import type { BotListener, WechatBot } from "#adapters/wechat/wechat-bot.js";

/** A bot without a puppet: for what happens before anybody is logged in. */
export class QuietBot implements WechatBot {
  /** Starts that fail before one succeeds. */
  failures = 0;
  starts = 0;
  listener: BotListener | undefined;

  async start(listener: BotListener): Promise<void> {
    this.starts += 1;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error("getaddrinfo ENOTFOUND login.weixin.qq.com");
    }
    this.listener = listener;
    listener.onLogin("bot");
  }

  async stop(): Promise<void> {
    this.listener = undefined;
  }

  async message(): Promise<never> {
    throw new Error("there are no messages");
  }

  async rooms(): Promise<readonly string[]> {
    return [];
  }

  async room(): Promise<never> {
    throw new Error("there are no rooms");
  }

  async forgetRoom(): Promise<void> {
    // There is nothing to forget.
  }

  async contact() {
    return { name: "小助手", isPerson: true, isFriend: false };
  }

  async nickname(): Promise<string> {
    return "";
  }

  async say(): Promise<null> {
    return null;
  }

  async sendPicture(): Promise<null> {
    return null;
  }
}
