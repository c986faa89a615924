import type { Language } from "#entities/vocabulary.js";

/** What people read around Slack besides the product's own messages. */
export interface SlackTexts {
  readonly install: {
    readonly done: (team: string) => string;
    readonly failed: string;
    readonly noBot: string;
    readonly otherTeam: string;
  };
  /** Answers at the edge, before anything is stored. */
  readonly edge: {
    readonly unknownTeam: string;
    readonly otherTeam: string;
    readonly notInChannel: string;
    readonly tooLate: string;
    readonly machine: string;
    readonly lostForm: string;
    readonly later: string;
  };
  /** Windows that open over the chat. Titles and buttons: at most 24 characters. */
  readonly window: {
    readonly cancel: string;
    readonly report: {
      readonly title: string;
      readonly submit: string;
      readonly said: (name: string) => string;
      readonly note: string;
      readonly noteHint: string;
    };
    readonly resolve: {
      readonly title: string;
      readonly submit: string;
      readonly words: string;
      readonly wordsHint: string;
    };
    readonly reply: {
      readonly title: string;
      readonly submit: string;
      readonly words: string;
      readonly wordsHint: string;
    };
    readonly answer: {
      readonly title: string;
      readonly submit: string;
      readonly words: string;
      readonly empty: string;
    };
    readonly builder: {
      readonly title: string;
      readonly submit: string;
      readonly channel: string;
      readonly question: string;
      readonly questionHint: string;
      readonly decision: string;
      readonly decisionHint: string;
      readonly when: string;
      readonly whenHint: string;
      readonly openFor: string;
      readonly openForHint: string;
      readonly preview: string;
      readonly fine: string;
      readonly remarks: string;
      readonly needed: string;
    };
  };
  readonly home: {
    readonly title: string;
    readonly intro: string;
    readonly member: string;
    readonly newSurvey: string;
    readonly refresh: string;
    readonly cases: (count: number) => string;
    readonly noCases: string;
    readonly surveys: string;
    readonly noSurveys: string;
    readonly digest: string;
    readonly noDigest: string;
    readonly channels: string;
    readonly noChannels: string;
    readonly until: (instant: string) => string;
    readonly settings: (digestAt: string, quietFrom: string, quietTo: string) => string;
  };
  /** `survey new …` as a staff member would type it. */
  readonly surveyCommand: (draft: {
    readonly question: string;
    readonly decision: string;
    readonly when: string;
    readonly openFor: string;
  }) => string;
}

/** Texts of the Slack adapter. */
export const slackTexts: Readonly<Record<Language, SlackTexts>> = {
  zh: {
    install: {
      done: (team) =>
        `已经连接 Slack${team === "" ? "" : `（${team}）`}。请在要服务的频道里输入 /invite @Huiyin，这个页面可以关了。`,
      failed: "没有连接成功。请从头再来一次：重新打开安装链接，并在 10 分钟内用同一个浏览器完成。",
      noBot: "Slack 没有交出机器人的权限。请安装到一个工作区，而不是整个组织。",
      otherTeam: "这里的回音只服务已经登记的工作区。请联系它的管理员。",
    },
    edge: {
      unknownTeam: "回音还没有连接这个工作区，请管理员重新安装应用。",
      otherTeam: "这个操作只有本工作区的成员可以做；你来自另一个工作区。",
      notInChannel: "我还不在这个频道里。请先输入 /invite @Huiyin，再试一次。",
      tooLate: "窗口打开得太晚，Slack 没有接受。请再按一次。",
      machine: "这条是机器人发的消息，不能登记为投诉。",
      lostForm: "这个窗口的内容丢了。请关掉它，再打开一次。",
      later: "现在存不下来，请过一分钟再试。",
    },
    window: {
      cancel: "取消",
      report: {
        title: "登记为投诉",
        submit: "登记",
        said: (name) => `${name === "" ? "这位成员" : name} 说：`,
        note: "补充说明（可不填）",
        noteHint: "例如：本人电话里说要退款",
      },
      resolve: {
        title: "处理完成",
        submit: "解决并告知",
        words: "做了什么？（会原样告诉本人，可不填）",
        wordsHint: "例如：少的两个鸡蛋已退款",
      },
      reply: {
        title: "回复本人",
        submit: "发送",
        words: "要对本人说什么？（会原样发出）",
        wordsHint: "例如：实在抱歉，马上给您补两个",
      },
      answer: { title: "写几句", submit: "提交", words: "您的想法", empty: "还没有写内容。" },
      builder: {
        title: "新建小调查",
        submit: "建好",
        channel: "发到哪个频道",
        question: "问什么（一次只问一件事）",
        questionHint: "例如：这次团购您满意吗？",
        decision: "结果用来决定什么",
        decisionHint: "例如：低于 80% 就换供应商",
        when: "什么时候发（不填就先存着）",
        whenHint: "例如：每天 11:00，或 每周五 18:00",
        openFor: "开放多久",
        openForHint: "例如：2小时，或 到今晚 21:00",
        preview: "成员会看到",
        fine: "问法没有问题。",
        remarks: "建议改一改",
        needed: "这一项必须填。",
      },
    },
    home: {
      title: "回音",
      intro: "群里的小调查、投诉跟进和满意度小结。",
      member:
        "在频道里看到小调查，点一下就算回答，随时可以改。\n输入 /huiyin 我的数据 可以看到关于您保存了什么；/huiyin 删除 可以全部抹掉；/huiyin 免打扰 就不再问您。",
      newSurvey: "新建小调查",
      refresh: "刷新",
      cases: (count) => `未结的投诉（${String(count)}）`,
      noCases: "没有未结的投诉。",
      surveys: "正在进行的小调查",
      noSurveys: "现在没有小调查。",
      digest: "最近一份小结",
      noDigest: "还没有小结。第一份会在晚上八点发出。",
      channels: "服务的频道",
      noChannels: "还没有频道。请在频道里输入 /invite @Huiyin。",
      until: (instant) => `${instant} 截止`,
      settings: (digestAt, from, to) => `小结 ${digestAt}，安静时段 ${from}–${to}`,
    },
    surveyCommand: ({ question, decision, when, openFor }) =>
      [
        `调查 新建 ${question}`,
        `决定：${decision}`,
        ...(when === "" ? [] : [`时间：${when}`]),
        ...(openFor === "" ? [] : [`开放：${openFor}`]),
      ].join("；"),
  },
  en: {
    install: {
      done: (team) =>
        `Slack is connected${team === "" ? "" : ` (${team})`}. Now type /invite @Huiyin in the channels it should serve. You can close this page.`,
      failed:
        "Slack was not connected. Please start again: open the install link once more and finish within 10 minutes in the same browser.",
      noBot:
        "Slack did not hand over a bot. Please install into one workspace, not into the whole organisation.",
      otherTeam: "This Huiyin serves registered workspaces only. Please ask its administrator.",
    },
    edge: {
      unknownTeam:
        "Huiyin is not connected to this workspace. Ask an administrator to install the app again.",
      otherTeam: "Only members of this workspace can do this; you belong to another one.",
      notInChannel: "I am not in this channel yet. Type /invite @Huiyin first, then try again.",
      tooLate: "The window opened too late for Slack. Please press again.",
      machine: "A bot wrote this message; it cannot be reported as a complaint.",
      lostForm: "This window has lost its contents. Please close it and open it again.",
      later: "This cannot be kept right now. Please try again in a minute.",
    },
    window: {
      cancel: "Cancel",
      report: {
        title: "Report as complaint",
        submit: "Report",
        said: (name) => `${name === "" ? "This member" : name} said:`,
        note: "Anything to add? (optional)",
        noteHint: "For example: asked for a refund on the phone",
      },
      resolve: {
        title: "Resolve the case",
        submit: "Resolve and tell",
        words: "What was done? (told to the member word for word, optional)",
        wordsHint: "For example: the two missing eggs were refunded",
      },
      reply: {
        title: "Reply to the member",
        submit: "Send",
        words: "What should the member read? (sent word for word)",
        wordsHint: "For example: so sorry, two more are on their way",
      },
      answer: {
        title: "In your own words",
        submit: "Send",
        words: "What do you think?",
        empty: "Nothing is written yet.",
      },
      builder: {
        title: "New survey",
        submit: "Create",
        channel: "Channel to ask in",
        question: "Question (one thing at a time)",
        questionHint: "For example: How satisfied were you with this order?",
        decision: "What will the result decide?",
        decisionHint: "For example: below 80% we change the supplier",
        when: "When to ask (empty: keep it for now)",
        whenHint: "For example: every day 11:00, or every Friday 18:00",
        openFor: "Open for how long",
        openForHint: "For example: 2 hours, or until 21:00",
        preview: "Members will see",
        fine: "The wording is fine.",
        remarks: "Better say it differently",
        needed: "This is needed.",
      },
    },
    home: {
      title: "Huiyin",
      intro: "Micro-surveys, complaint follow-up and satisfaction digests.",
      member:
        "When you see a survey in a channel, one tap is an answer, and you can change it at any time.\nType /huiyin my data to see what is kept of you, /huiyin erase to have it erased, /huiyin mute not to be asked any more.",
      newSurvey: "New survey",
      refresh: "Refresh",
      cases: (count) => `Open complaints (${String(count)})`,
      noCases: "No complaint is open.",
      surveys: "Surveys that are open",
      noSurveys: "No survey is open.",
      digest: "Latest digest",
      noDigest: "No digest yet. The first one comes at eight in the evening.",
      channels: "Channels served",
      noChannels: "No channel yet. Type /invite @Huiyin in one.",
      until: (instant) => `until ${instant}`,
      settings: (digestAt, from, to) => `digest ${digestAt}, quiet hours ${from}–${to}`,
    },
    surveyCommand: ({ question, decision, when, openFor }) =>
      [
        `survey new ${question}`,
        `decision: ${decision}`,
        ...(when === "" ? [] : [`when: ${when}`]),
        ...(openFor === "" ? [] : [`for: ${openFor}`]),
      ].join("; "),
  },
};
