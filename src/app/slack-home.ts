import { SLACK } from "#adapters/slack/slack-ids.js";
import type { HomeFacts, SlackPages, SurveyDraft } from "#adapters/slack/slack-pages.js";
import type { Group, Member } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import { handledGroups, listCases } from "#src/complaints/case-queries.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { slackTexts } from "#src/i18n/slack.js";
import { scheduleFromWords } from "#src/scheduling/schedule-words.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { Clock } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { previewOwn } from "#src/surveys/draft-survey.js";
import { surveyCard } from "#src/surveys/survey-card.js";

import { askedWords, formFaults } from "./slack-forms.js";

const MOST_CASES = 20;
const LONGEST_DIGEST = 1_500;
const HOUR = 3_600_000;

export interface SlackHomeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly language: Language;
  readonly timeZone: string;
}

/** What Slack's windows show of the product. Reads only. */
export function slackPages(parts: SlackHomeParts): SlackPages {
  return {
    languageOf: async (conversationId) => {
      const place = { platform: SLACK, conversationId };
      const group = await parts.store.read((tx) => tx.directory.group(place));
      return group?.language ?? parts.language;
    },
    home: (memberId, noAdmin) => parts.store.read((tx) => homeOf(parts, tx, { memberId, noAdmin })),
    asked: (asked) => parts.store.read((tx) => askedWords(tx, asked, sceneOf(parts))),
    faults: (sent) => parts.store.read((tx) => formFaults(tx, sent, sceneOf(parts))),
    remarks,
    preview: (question, language) => previewOf(parts, question, language),
  };
}

function sceneOf({ clock, language }: SlackHomeParts) {
  return { now: clock.now(), language };
}

/** Who looks at the page. */
interface Visitor {
  readonly memberId: string;
  readonly noAdmin: boolean;
}

/** The groups that somebody handles; whoever administers nothing (any more) has them by the staff room alone. */
async function groupsOf(
  tx: Transaction,
  member: Member,
  { noAdmin }: Visitor,
): Promise<readonly Group[]> {
  const handled = await handledGroups(tx, member.id);
  if (!noAdmin) return handled;
  const present: Group[] = [];
  for (const group of handled) {
    const room = await tx.staff.boundRoom(group);
    const place = room === null ? null : await tx.directory.membership(room.id, member.id);
    if (place !== null && place.leftAt === null) present.push(group);
  }
  return present;
}

async function homeOf(
  { clock, language }: SlackHomeParts,
  tx: Transaction,
  visitor: Visitor,
): Promise<HomeFacts> {
  const member = await tx.directory.member({ platform: SLACK, memberId: visitor.memberId });
  const handled = member === null ? [] : await groupsOf(tx, member, visitor);
  const groups = handled.filter((group) => group.platform === SLACK && group.leftAt === null);
  const [first] = groups;
  const nothing = { cases: [], surveys: [], digest: null, channels: [] };
  if (member === null || first === undefined) return { language, staff: false, ...nothing };
  const shown = first.language;
  const listed = await listCases(tx, {
    filter: "open",
    actor: member,
    at: clock.now(),
    limit: MOST_CASES,
  });
  const texts = complaintTexts[shown];
  return {
    language: shown,
    staff: true,
    cases: listed.map(({ case: row, groupName, assigneeName }) =>
      [
        `#${String(row.number)} ${row.severity}`,
        groupName,
        texts.aspects[row.aspect],
        texts.states[row.state],
        ...(assigneeName === null ? [] : [assigneeName]),
      ].join(" · "),
    ),
    surveys: await surveysOf(tx, groups, shown),
    digest: await digestOf(tx, groups),
    channels: groups.map((group) => ({
      conversationId: group.externalId,
      name: group.name,
      settings: settingsLine(group, shown),
    })),
  };
}

async function surveysOf(
  tx: Transaction,
  groups: readonly Group[],
  language: Language,
): Promise<readonly string[]> {
  const runs = await tx.runs.find({ groupId: groups.map(({ id }) => id), state: "open" });
  return runs.map((run) => {
    const group = groups.find(({ id }) => id === run.groupId);
    const zone = group?.timeZone ?? "Asia/Shanghai";
    const until = formatInstant(run.closesAt, zone, language, "short");
    return `${group?.name ?? ""} · ${run.questions[0]?.text ?? ""} · ${slackTexts[language].home.until(until)}`;
  });
}

async function digestOf(tx: Transaction, groups: readonly Group[]): Promise<string | null> {
  const [latest] = await tx.digests.find(
    { groupId: groups.map(({ id }) => id), audience: "staff", state: "posted" },
    { order: { windowEnd: "desc" }, limit: 1 },
  );
  return latest === undefined ? null : latest.text.slice(0, LONGEST_DIGEST).toWellFormed();
}

function settingsLine(group: Group, language: Language): string {
  const { dailyDigestAt, quietHours } = settingsOf(group);
  return slackTexts[language].home.settings(dailyDigestAt, quietHours.from, quietHours.to);
}

/** What the linter and the reader of schedules say about a draft. */
function remarks({ question, when }: SurveyDraft, language: Language): readonly string[] {
  const findings = question === "" ? [] : previewOwn(question, language).findings;
  const schedule = when === "" ? null : scheduleFromWords(when);
  return [
    ...findings.map(({ explanation }) => explanation[language]),
    ...(schedule?.kind === "unclear" ? [schedule.hint[language]] : []),
  ];
}

/** The card as members would see it, with its buttons in brackets. */
function previewOf(
  { clock, timeZone }: SlackHomeParts,
  text: string,
  language: Language,
): readonly string[] {
  const { question } = previewOwn(text, language);
  if (question === undefined) return [];
  const card = surveyCard({
    run: { id: "preview", closesAt: clock.now() + 2 * HOUR },
    question,
    group: { language, timeZone },
  });
  const buttons = (card.choices ?? []).flatMap(({ choices }) =>
    choices.map(({ label }) => `[${label}]`),
  );
  return [card.text, buttons.join(" ")];
}
