import { z } from "zod";
import type { SendRules } from "#adapters/wechat/account-guard.js";
import { wechatSafetyTexts } from "#src/i18n/wechat-safety.js";
import { HOUR, MINUTE, SECOND } from "#src/shared/clock.js";
import type { ConfigFault, Environment } from "./config.js";

interface Variable {
  readonly name: string;
  readonly expected: string;
  readonly example: string;
  readonly schema: z.ZodType;
}

const SENTENCES = [wechatSafetyTexts.zh.sentence, wechatSafetyTexts.en.sentence] as const;

/** The sentence without what a keyboard or a compose file may change about it. */
function plain(text: string): string {
  return text
    .trim()
    .replace(/^["'“”]|["'“”]$/g, "")
    .replace(/[.。]$/, "")
    .toLowerCase();
}

function isSentence(text: string): boolean {
  return SENTENCES.some((sentence) => plain(sentence) === plain(text));
}

function count(most: number, usual: number) {
  return z.coerce.number().int().min(1).max(most).default(usual);
}

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const gap = z
  .string()
  .regex(/^\d{1,3}-\d{1,3}$/)
  .transform((text) => {
    const [from = 0, to = 0] = text.split("-").map(Number);
    return { from: from * SECOND, to: to * SECOND };
  })
  // An even beat is what a machine sends by.
  .refine(({ from, to }) => from >= SECOND && to >= from + SECOND)
  .default({ from: 3 * SECOND, to: 8 * SECOND });

const quiet = z
  .string()
  .transform((text) => {
    const [from = "", to = "", ...rest] = text.split("-");
    return text === "none" ? null : { from, to, rest };
  })
  .refine(
    (hours) =>
      hours === null ||
      (CLOCK.test(hours.from) &&
        CLOCK.test(hours.to) &&
        hours.from !== hours.to &&
        hours.rest.length === 0),
  )
  .transform((hours) => (hours === null ? null : { from: hours.from, to: hours.to }))
  .default({ from: "22:00", to: "08:00" });

const VARIABLES = {
  send: {
    name: "HUIYIN_WECHAT_SEND",
    expected: "nothing (receive only), or exactly one of the two sentences that state the risk",
    example: SENTENCES.join("  or  HUIYIN_WECHAT_SEND="),
    schema: z.string().refine(isSentence).optional(),
  },
  gap: {
    name: "HUIYIN_WECHAT_GAP_SECONDS",
    expected:
      "the shortest and the longest gap between two messages, 1 to 999 and at least 1 apart",
    example: "3-8",
    schema: gap,
  },
  roomGap: {
    name: "HUIYIN_WECHAT_ROOM_GAP_SECONDS",
    expected: "whole seconds from 1 to 3600",
    example: "30",
    schema: count(3_600, 30),
  },
  perMinute: {
    name: "HUIYIN_WECHAT_PER_MINUTE",
    expected: "a whole number from 1 to 30",
    example: "6",
    schema: count(30, 6),
  },
  perHour: {
    name: "HUIYIN_WECHAT_PER_HOUR",
    expected: "a whole number from 1 to 300",
    example: "60",
    schema: count(300, 60),
  },
  perDay: {
    name: "HUIYIN_WECHAT_PER_DAY",
    expected: "a whole number from 1 to 1000",
    example: "300",
    schema: count(1_000, 300),
  },
  quiet: {
    name: "HUIYIN_WECHAT_QUIET",
    expected: "hours of the day in which only alerts are sent, or none",
    example: "22:00-08:00",
    schema: quiet,
  },
  firstSilence: {
    name: "HUIYIN_WECHAT_FIRST_SILENCE_HOURS",
    expected: "whole hours from 0 to 720",
    example: "24",
    schema: z.coerce.number().int().min(0).max(720).default(24),
  },
  pause: {
    name: "HUIYIN_WECHAT_PAUSE_MINUTES",
    expected: "whole minutes from 5 to 1440",
    example: "30",
    schema: z.coerce.number().int().min(5).max(1_440).default(30),
  },
} as const satisfies Record<string, Variable>;

/** Names of the variables of sending by WeChat, for `.env.example` and its test. */
export const WECHAT_SEND_VARIABLES: readonly string[] = Object.values(VARIABLES).map(
  ({ name }) => name,
);

type Values = {
  readonly [Key in keyof typeof VARIABLES]: z.infer<(typeof VARIABLES)[Key]["schema"]>;
};

/**
 * How much the WeChat account may send. What is wrong is added to `faults`, and the rules are then of
 * no use. Without a word about it nothing is sent.
 */
export function readSendRules(
  env: Environment,
  timeZone: string,
  faults: ConfigFault[],
): SendRules {
  const values = Object.fromEntries(
    Object.entries(VARIABLES).map(([key, variable]) => [key, read(env, variable, faults)]),
  ) as Values;
  return {
    sending: values.send !== undefined,
    gap: values.gap,
    roomGap: values.roomGap * SECOND,
    perMinute: values.perMinute,
    perHour: values.perHour,
    perDay: values.perDay,
    quiet: values.quiet,
    timeZone,
    firstSilence: values.firstSilence * HOUR,
    pause: values.pause * MINUTE,
  };
}

function read(env: Environment, variable: Variable, faults: ConfigFault[]): unknown {
  const raw = env[variable.name]?.trim();
  const parsed = variable.schema.safeParse(raw === "" ? undefined : raw);
  if (parsed.success) return parsed.data;
  const { name, expected, example } = variable;
  faults.push({ variable: name, expected, example });
  // What stands in for it is never used: the start ends with the faults.
  return variable.schema.safeParse(undefined).data;
}
