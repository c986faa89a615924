/** How something changed: the arrow, the words beside it, and whether that is good news. */
export interface CardChange {
  readonly direction: "up" | "down" | "same";
  /** Signed difference or words, such as "+6 个百分点"; never empty. */
  readonly text: string;
  /** Colour only, always beside arrow and words: good news, bad news, or nothing to tell from chance. */
  readonly tone: "good" | "bad" | "neutral";
}

/** One headline figure. */
export interface CardTile {
  readonly id: "csat" | "nps" | "participation";
  readonly label: string;
  /** The figure as it is told, such as "80"; null where it is not told. */
  readonly value: string | null;
  /** Stands small before the figure, such as "约". */
  readonly prefix: string;
  /** Stands small behind the figure, such as "%". */
  readonly unit: string;
  /** What is shown in place of the figure, such as "样本不足"; used when `value` is null. */
  readonly instead: string;
  readonly change: CardChange | null;
  /** What it rests on: answers of people, and the interval where it is wide. One short line each. */
  readonly base: readonly string[];
}

/** One day (or one post) of the trend; shares are 0…1, null where nothing may or can be told. */
export interface TrendValue {
  /** "YYYY-MM-DD". */
  readonly day: string;
  readonly value: number | null;
  readonly n: number;
  /** Interval of the share, where it is told. */
  readonly low?: number | null;
  readonly high?: number | null;
}

/** What the trend chart is drawn from: this period, and the one before laid day by day under it. */
export interface TrendData {
  readonly current: readonly TrendValue[];
  readonly previous: readonly TrendValue[];
}

/** The trend with its heading. */
export interface CardTrend {
  readonly title: string;
  readonly legend: { readonly current: string; readonly previous: string | null };
  readonly data: TrendData;
  /** Under the chart: why there are gaps. Null where there are none. */
  readonly note: string | null;
}

/** Complaints of one aspect. */
export interface CardBar {
  readonly label: string;
  /** Length relative to the others; null where only words are told. */
  readonly size: number | null;
  /** The figure or words at the end of the bar. */
  readonly text: string;
  readonly change: CardChange | null;
}

/** Complaints by aspect, at most five, most first. */
export interface CardBars {
  readonly title: string;
  readonly aside: string;
  readonly bars: readonly CardBar[];
  /** Shown instead of bars when there were no complaints. */
  readonly nothing: string | null;
}

/** One case that waits for a person. Only a staff card has any. */
export interface CardCase {
  readonly number: string;
  readonly aspect: string;
  readonly people: string;
  readonly status: string;
  readonly tone: "urgent" | "open" | "working";
  /** First words of the report without names; empty where none are kept. */
  readonly excerpt: string;
}

/** What waits on a person. */
export interface CardWaiting {
  readonly title: string;
  /** Open, overdue and oldest, in short pieces. */
  readonly counts: readonly string[];
  readonly cases: readonly CardCase[];
  /** Shown instead when nothing waits, or for what is not listed. */
  readonly rest: string | null;
}

/** Words for the group: what was improved, what comes next, how to speak up. */
export interface CardWords {
  readonly title: string;
  readonly lines: readonly string[];
}

/**
 * Everything a digest's picture shows, already in words and with small numbers left out: the picture
 * adds nothing. JSON.
 */
export interface DigestCardModel {
  readonly version: 1;
  readonly language: "zh" | "en";
  readonly audience: "staff" | "public";
  readonly header: {
    readonly title: string;
    readonly group: string;
    readonly date: string;
    /** One sentence on how it compares with before, with its emoji at the end. */
    readonly sentence: string;
  };
  readonly tiles: readonly CardTile[];
  readonly waiting: CardWaiting | null;
  readonly trend: CardTrend | null;
  readonly bars: CardBars | null;
  readonly words: readonly CardWords[];
  readonly footer: {
    /** What the bot missed; null when it was there all the time. */
    readonly missed: string | null;
    readonly privacy: string;
    readonly by: string;
  };
  /** The picture in words, for readers without eyes. */
  readonly alt: string;
}
