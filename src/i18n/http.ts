import type { Language } from "#entities/vocabulary.js";

/** What went wrong with a request, in words: what it is, and what the reader can do. */
export interface ProblemWords {
  readonly title: string;
  readonly remedy?: string;
}

/** Every way in which a request can fail. The codes are stable, the words may change. */
export const PROBLEM_CODES = [
  "invalid-input",
  "malformed-json",
  "too-deep",
  "not-signed-in",
  "wrong-password",
  "link-unknown",
  "link-used",
  "link-expired",
  "too-many-attempts",
  "cross-site",
  "wrong-host",
  "forbidden-role",
  "not-found",
  "not-in-demo",
  "conflict",
  "too-large",
  "wrong-type",
  "not-supported",
  "unavailable",
  "internal",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface HttpTexts {
  readonly problems: Readonly<Record<ProblemCode, ProblemWords>>;
  /** What a field would have taken, where the schema says no more. */
  readonly unknownField: string;
  /** The page that is shown while the console is not built. */
  readonly notBuilt: {
    readonly title: string;
    readonly body: string;
    readonly command: string;
  };
  /** Name of the person who signs in with the owner's password, as cases show it. */
  readonly owner: string;
}

const zh: HttpTexts = {
  problems: {
    "invalid-input": { title: "填写的内容不对。", remedy: "请按提示修改后再试。" },
    "malformed-json": { title: "请求的内容不是有效的 JSON。" },
    "too-deep": { title: "请求的内容嵌套太深。" },
    "not-signed-in": {
      title: "请先登录。",
      remedy: "用密码登录，或打开终端里打印的一次性链接。",
    },
    "wrong-password": { title: "密码不对。", remedy: "忘记密码时运行：huiyin owner password" },
    "link-unknown": {
      title: "这个登录链接无效。",
      remedy: "请完整复制终端里的链接；重新生成请运行：huiyin owner link",
    },
    "link-used": {
      title: "这个登录链接已经用过了。",
      remedy: "每个链接只能用一次；重新生成请运行：huiyin owner link",
    },
    "link-expired": {
      title: "这个登录链接已过期。",
      remedy: "链接 10 分钟内有效；重新生成请运行：huiyin owner link",
    },
    "too-many-attempts": { title: "尝试次数太多。", remedy: "请稍后再试。" },
    "cross-site": { title: "这个请求来自别的网站，已拒绝。" },
    "wrong-host": { title: "这个地址不是本服务的地址。" },
    "forbidden-role": { title: "您的角色不能这样操作。" },
    "not-found": { title: "没有找到。" },
    "not-in-demo": { title: "演示中不能这样操作。" },
    conflict: { title: "这条记录刚被改过。", remedy: "请看看最新的内容再决定。" },
    "too-large": { title: "请求的内容太大。" },
    "wrong-type": { title: "只接受 JSON（application/json），不接受压缩。" },
    "not-supported": { title: "这台机器上做不到。" },
    unavailable: { title: "数据库暂时用不了。", remedy: "请过一会儿再试。" },
    internal: { title: "出错了，这不应该发生。", remedy: "详情在服务的日志里。" },
  },
  unknownField: "没有这个字段",
  notBuilt: {
    title: "控制台还没有构建",
    body: "服务在正常运行，只是网页还没有生成。请在安装目录运行下面的命令，然后刷新本页：",
    command: "npm run build",
  },
  owner: "店主",
};

const en: HttpTexts = {
  problems: {
    "invalid-input": {
      title: "Something in the request does not fit.",
      remedy: "Correct the field that is named and try again.",
    },
    "malformed-json": { title: "The body of the request is not valid JSON." },
    "too-deep": { title: "The body of the request is nested too deeply." },
    "not-signed-in": {
      title: "Please sign in first.",
      remedy: "Use the password, or open the one-time link that the terminal printed.",
    },
    "wrong-password": {
      title: "The password is not right.",
      remedy: "If it is lost, run: huiyin owner password",
    },
    "link-unknown": {
      title: "This sign-in link is not valid.",
      remedy: "Copy the whole link from the terminal. For a new one, run: huiyin owner link",
    },
    "link-used": {
      title: "This sign-in link was used already.",
      remedy: "Each link works once. For a new one, run: huiyin owner link",
    },
    "link-expired": {
      title: "This sign-in link has expired.",
      remedy: "Links work for 10 minutes. For a new one, run: huiyin owner link",
    },
    "too-many-attempts": { title: "Too many attempts.", remedy: "Please try again later." },
    "cross-site": { title: "This request comes from another site and was refused." },
    "wrong-host": { title: "This is not an address of this service." },
    "forbidden-role": { title: "Your role does not allow this." },
    "not-found": { title: "There is nothing here." },
    "not-in-demo": { title: "The demo does not offer this." },
    conflict: {
      title: "This was changed a moment ago.",
      remedy: "Look at it as it is now, then decide.",
    },
    "too-large": { title: "This request is too large." },
    "wrong-type": { title: "Only uncompressed JSON (application/json) is taken here." },
    "not-supported": { title: "This machine cannot do that." },
    unavailable: {
      title: "The database cannot be used at the moment.",
      remedy: "Please try again shortly.",
    },
    internal: {
      title: "The request could not be answered.",
      remedy: "The log of the service says more.",
    },
  },
  unknownField: "no such field",
  notBuilt: {
    title: "The console is not built yet",
    body: "The service is running; only its pages are missing. Run this command where Huiyin is installed, then reload this page:",
    command: "npm run build",
  },
  owner: "Owner",
};

/** All texts of the HTTP edge, in both languages. */
export const httpTexts: Readonly<Record<Language, HttpTexts>> = { zh, en };
