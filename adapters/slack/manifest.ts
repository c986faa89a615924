/** One scope and why it is asked for. */
export interface ScopeReason {
  readonly scope: string;
  readonly reason: { readonly zh: string; readonly en: string };
}

/** Every scope that the product asks for, each with the feature that needs it. */
export const SCOPES: readonly ScopeReason[] = [
  {
    scope: "channels:history",
    reason: {
      zh: "读公开频道里的消息，才听得到投诉和回复",
      en: "hear messages in public channels",
    },
  },
  {
    scope: "channels:read",
    reason: {
      zh: "知道公开频道的名字，以及谁进谁出",
      en: "names of public channels, who comes and goes",
    },
  },
  {
    scope: "chat:write",
    reason: { zh: "发小调查、提醒和小结", en: "post surveys, alerts and digests" },
  },
  {
    scope: "commands",
    reason: { zh: "/huiyin 命令和“登记为投诉”快捷方式", en: "/huiyin and the shortcut" },
  },
  {
    scope: "files:write",
    reason: {
      zh: "小结里的图，报告的表格文件",
      en: "the picture of a digest, the table of a report",
    },
  },
  {
    scope: "groups:history",
    reason: {
      zh: "读私密频道里的消息（只限邀请了它的）",
      en: "hear messages in private channels it was invited to",
    },
  },
  {
    scope: "groups:read",
    reason: { zh: "知道这些私密频道的名字", en: "names of those private channels" },
  },
  {
    scope: "im:history",
    reason: { zh: "读成员私下对它说的话", en: "hear what members tell it in private" },
  },
  {
    scope: "im:write",
    reason: { zh: "私下告诉成员处理结果", en: "tell a member the outcome in private" },
  },
  {
    scope: "reactions:read",
    reason: {
      zh: "看到大家给投诉点的表情（“我也是”）",
      en: "see reactions on a report (“me too”)",
    },
  },
  {
    scope: "users:read",
    reason: {
      zh: "显示名和工作区管理员身份",
      en: "display names, and who administers the workspace",
    },
  },
];

/** The bot's scopes, as Slack wants them. */
export const BOT_SCOPES: readonly string[] = SCOPES.map(({ scope }) => scope);

/** Events that the product listens to. */
export const BOT_EVENTS: readonly string[] = [
  "app_home_opened",
  "app_uninstalled",
  "channel_archive",
  "channel_deleted",
  "channel_left",
  "channel_rename",
  "channel_unarchive",
  "group_archive",
  "group_deleted",
  "group_left",
  "group_rename",
  "group_unarchive",
  "member_joined_channel",
  "member_left_channel",
  "message.channels",
  "message.groups",
  "message.im",
  "reaction_added",
  "reaction_removed",
  "tokens_revoked",
];

/** Callback of the shortcut on a message. */
export const REPORT_SHORTCUT = "report_complaint";

export interface ManifestOptions {
  /** Public address of the product, or null when Slack is reached over a socket. */
  readonly publicUrl: string | null;
  readonly language: "zh" | "en";
}

const WORDS = {
  zh: {
    description: "群里的小调查、投诉跟进和满意度小结",
    long: "回音（Huiyin）在频道里问一句话的小调查，听出大家的抱怨并交给店里的人跟进，每天给一份看得懂的满意度小结。一个按钮就能回答，随时可以改，也可以不回答；每条投诉都有人确认、有人处理、处理完告诉本人。机器人只读邀请了它的频道；普通聊天的文字处理后不保存，只留下用于计数的结果。任何人都可以用 /huiyin 我的数据 查看、用 /huiyin 删除 抹掉关于自己的一切。店员的全部操作都在 /huiyin 和应用主页里，不需要另外学一套系统；这份说明书里的每一项权限都写明了用途，没有一项是多余的。",
    report: "登记为投诉",
    reportDescription: "把这条消息交给店里处理",
    command: "小调查、报告、投诉处理",
    hint: "帮助 | 报告 7天 | 投诉 | 调查",
  },
  en: {
    description: "Micro-surveys, complaint follow-up and satisfaction digests",
    long: "Huiyin asks one-line surveys in your channels, hears complaints and hands them to your staff, and posts a satisfaction digest a day that people can read. One tap answers, and an answer can be changed or left out; every complaint is confirmed by a person, handled by a person, and its author is told the outcome. The bot reads only channels it was invited to. Words of ordinary messages are not kept after they were handled, only the counts. Everybody can see what is kept of them with /huiyin my data and have it erased with /huiyin erase.",
    report: "Report as complaint",
    reportDescription: "Hand this message to the shop's staff",
    command: "Surveys, reports and complaints",
    hint: "help | report 7d | complaints | survey",
  },
} as const;

/** The app's manifest as an object; {@link manifestYaml} writes it down. */
export function manifestOf({
  publicUrl,
  language,
}: ManifestOptions): Readonly<Record<string, unknown>> {
  const words = WORDS[language];
  const events = publicUrl === null ? {} : { request_url: `${publicUrl}/slack/events` };
  const url = publicUrl === null ? {} : { url: `${publicUrl}/slack/events` };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: "Huiyin",
      description: words.description,
      background_color: "#1f2937",
      long_description: words.long,
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: "Huiyin", always_online: true },
      shortcuts: [
        {
          name: words.report,
          type: "message",
          callback_id: REPORT_SHORTCUT,
          description: words.reportDescription,
        },
      ],
      slash_commands: [
        {
          command: "/huiyin",
          description: words.command,
          usage_hint: words.hint,
          should_escape: true,
          ...url,
        },
      ],
    },
    oauth_config: {
      ...(publicUrl === null ? {} : { redirect_urls: [`${publicUrl}/slack/oauth_redirect`] }),
      scopes: { bot: [...BOT_SCOPES] },
    },
    settings: {
      event_subscriptions: { ...events, bot_events: [...BOT_EVENTS] },
      interactivity: { is_enabled: true, ...events },
      org_deploy_enabled: false,
      socket_mode_enabled: publicUrl === null,
      token_rotation_enabled: false,
    },
  };
}

function scalar(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function lines(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((entry: unknown) => {
      if (typeof entry !== "object" || entry === null) return [`${indent}- ${scalar(entry)}`];
      const [first = "", ...rest] = lines(entry, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, entry]) =>
    typeof entry === "object" && entry !== null
      ? [`${indent}${key}:`, ...lines(entry, `${indent}  `)]
      : [`${indent}${key}: ${scalar(entry)}`],
  );
}

/** The manifest as YAML, to be pasted into Slack's "Create an app from a manifest". */
export function manifestYaml(options: ManifestOptions): string {
  const why = SCOPES.map(({ scope, reason }) => `#   ${scope}: ${reason[options.language]}`);
  return ["# scopes", ...why, ...lines(manifestOf(options), ""), ""].join("\n");
}
