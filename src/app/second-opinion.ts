import { Counter, Gauge } from "prom-client";
import type { Evidence, Verdict } from "#src/complaints/detection/verdict.js";
import {
  evidenceOf,
  type OpinionAnswer,
  type OpinionFault,
} from "#src/complaints/opinion/answer.js";
import { type AskedLine, askAbout } from "#src/complaints/opinion/question.js";
import { SecondOpinion } from "#src/complaints/opinion/second-opinion.js";
import { isUncertain } from "#src/complaints/opinion/uncertain.js";
import { localDay } from "#src/scheduling/zoned-time.js";
import type { Clock } from "#src/shared/clock.js";
import type { Store } from "#src/store/store.js";
import type { Environment } from "./config.js";
import type { Metrics } from "./metrics.js";
import { opinionEndpoint } from "./opinion-endpoint.js";
import type { OpinionOutcome } from "./opinion-worker.js";
import { loadSecondOpinion, type SecondOpinionConfig } from "./second-opinion-config.js";

/** A second opinion as the application asks for it. */
export interface SecondOpinionParts {
  readonly opinion: SecondOpinion;
  readonly band: number;
  readonly dailyBudget: number;
  readonly onOutcome?: (outcome: OpinionOutcome) => void;
}

/** The second opinion that the configuration names. Opens no connection before the first question. */
export function buildSecondOpinion(
  config: SecondOpinionConfig,
  clock: Pick<Clock, "now">,
): SecondOpinionParts {
  const { timeoutMs, band, dailyBudget } = config;
  const now = (): number => clock.now();
  const opinion = new SecondOpinion({ ask: opinionEndpoint(config), timeoutMs, now });
  return { opinion, band, dailyBudget };
}

/** The same with its figures in the metrics: what became of the questions, and what is left for today. */
export function countedSecondOpinion(
  parts: SecondOpinionParts,
  around: {
    readonly metrics: Metrics;
    readonly store: Store;
    readonly clock: Pick<Clock, "now">;
    readonly timeZone: string;
  },
): SecondOpinionParts {
  const { metrics, store, clock, timeZone } = around;
  const registers = [metrics.registry];
  const outcomes = new Counter({
    name: "huiyin_second_opinions_total",
    help: "Uncertain lines by what became of asking another model.",
    labelNames: ["outcome"],
    registers,
  });
  new Gauge({
    name: "huiyin_second_opinion_budget_left",
    help: "Requests to the other model that are left for today.",
    registers,
    async collect() {
      const day = localDay(clock.now(), timeZone);
      try {
        const spent = await store.read((tx) => tx.opinions.spent(day));
        this.set(Math.max(0, parts.dailyBudget - spent));
      } catch {
        // While the store is away the other figures still show.
        this.reset();
      }
    },
  });
  new Gauge({
    name: "huiyin_second_opinion_resting",
    help: "1 while the other model is left alone after several failures in a row.",
    registers,
    collect() {
      this.set(parts.opinion.restsUntil > clock.now() ? 1 : 0);
    },
  });
  return {
    ...parts,
    onOutcome: (outcome) => {
      outcomes.inc({ outcome });
      parts.onOutcome?.(outcome);
    },
  };
}

/** What a tool shows of asking: the answer with its weight, or why there is none. */
export type ShownOpinion =
  | { readonly kind: "answered"; readonly answer: OpinionAnswer; readonly evidence: Evidence }
  | { readonly kind: "failed"; readonly fault: OpinionFault | "over_budget" };

/** A second opinion for a tool that judges lines from a file. */
export interface LineOpinion {
  /** The answer on a line with those before it; null when nobody is asked about it. */
  about(line: {
    readonly text: string;
    readonly verdict: Verdict;
    readonly threshold: number;
    readonly before: readonly AskedLine[];
    /** Of the group and of those who spoke: they are taken out. */
    readonly names: readonly string[];
  }): Promise<ShownOpinion | null>;
}

/**
 * The second opinion of the environment for one run of a tool, or null while it is off. The tool has
 * no store, so its budget is that of a day for each run.
 */
export function lineOpinion(env: Environment, clock: Pick<Clock, "now">): LineOpinion | null {
  const config = loadSecondOpinion(env);
  if (config === null) return null;
  const { opinion, band, dailyBudget } = buildSecondOpinion(config, clock);
  let left = dailyBudget;
  const spend = async (): Promise<boolean> => {
    left -= 1;
    return left >= 0;
  };
  return {
    about: async ({ text, verdict, threshold, before, names }) => {
      if (!isUncertain(verdict, threshold, band) || opinion.restsUntil > clock.now()) return null;
      const question = askAbout({ role: "customer", text }, before, names);
      if (question === null) return null;
      if (!(await spend())) return { kind: "failed", fault: "over_budget" };
      const asked = await opinion.ask(question, spend);
      return asked.kind === "failed" ? asked : { ...asked, evidence: evidenceOf(asked.answer) };
    },
  };
}

/** One line for `huiyin doctor`: whether, whom and how much is asked; never the key. */
export async function describeSecondOpinion(
  config: SecondOpinionConfig | null,
  store: Store,
  day: string,
): Promise<string> {
  if (config === null)
    return "Second opinion: off; no line of the chat leaves this machine for it.";
  const spent = await store.read((tx) => tx.opinions.spent(day));
  const { host } = new URL(config.url);
  return `Second opinion: on; ${host} is asked for ${config.model} about scores within ${String(config.band)} of the threshold, ${String(spent)} of ${String(config.dailyBudget)} requests today.`;
}
