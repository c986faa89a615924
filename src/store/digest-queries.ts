const CASE_COLUMNS = [
  "id",
  "number",
  "state",
  "severity",
  "aspect",
  "affected",
  "assigneeId",
  "openedAt",
  "lastReportAt",
  "confirmedAt",
  "firstReplyAt",
  "resolvedAt",
  "closedAt",
  "acknowledgeDueAt",
  "updateDueAt",
  "resolveDueAt",
  "reopened",
]
  .map((name) => `c."${name}"`)
  .join(", ");

/** Postings that were open at some time of the range; cancelled ones asked nobody anything. */
const RUNS_OF_RANGE = `run."groupId" = ? AND run."state" IN ('open', 'closed')
  AND run."openedAt" < ? AND (run."closedAt" IS NULL OR run."closedAt" >= ?)`;

/**
 * The statements of the digest read model. Each finds its rows by an index on the group and the
 * time, so that a digest costs the same however much other groups, or other years, have stored:
 * the test of this file looks at the plans. Ties are ordered by id, never by the order of writing.
 */
export const digestQueries = {
  runs: `SELECT run."id", run."surveyId", run."kind", run."openedAt", run."closedAt", run."eligible", run."questions", s."number" AS "survey"
    FROM "survey_run" run LEFT JOIN "survey" s ON s."id" = run."surveyId"
    WHERE ${RUNS_OF_RANGE} ORDER BY run."openedAt", run."id"`,
  answers: `SELECT r."runId", r."questionId", r."memberId", r."value", r."numeric", r."comment",
      r."rating", r."firstAnsweredAt", r."answeredAt"
    FROM "survey_run" run JOIN "response" r ON r."runId" = run."id"
    WHERE ${RUNS_OF_RANGE} ORDER BY r."answeredAt", r."id"`,
  casesOpened: `SELECT ${CASE_COLUMNS} FROM "complaint_case" c
    WHERE c."groupId" = ? AND c."openedAt" >= ? AND c."openedAt" < ?`,
  casesOpen: `SELECT ${CASE_COLUMNS} FROM "complaint_case" c
    WHERE c."groupId" = ? AND c."state" IN ('candidate', 'confirmed', 'acknowledged', 'in_progress', 'reopened')`,
  casesResolved: `SELECT ${CASE_COLUMNS} FROM "complaint_case" c
    WHERE c."groupId" = ? AND c."resolvedAt" >= ? AND c."resolvedAt" < ?`,
  caseMembers: `SELECT cm."caseId", cm."memberId", cm."joinedAt"
    FROM "complaint_case" c JOIN "case_member" cm ON cm."caseId" = c."id"
    WHERE c."groupId" = ? AND c."openedAt" >= ? AND c."openedAt" < ?
      AND cm."joinedAt" >= ? AND cm."joinedAt" < ?
    ORDER BY cm."joinedAt", cm."id"`,
  caseWords: `SELECT w."caseId", w."part", w."text", w."at"
    FROM "complaint_case" c JOIN "case_message" w ON w."caseId" = c."id"
    WHERE c."groupId" = ? AND c."openedAt" >= ? AND c."openedAt" < ? AND w."text" IS NOT NULL
    ORDER BY w."at", w."id"`,
  messages: `SELECT count(*) AS "total",
      sum(CASE WHEN "role" = 'customer' THEN 1 ELSE 0 END) AS "customers",
      count(DISTINCT CASE WHEN "role" = 'customer' THEN "memberId" END) AS "speakers",
      sum(CASE WHEN "role" = 'customer' THEN "polarity" ELSE 0 END) AS "polarity"
    FROM "message" WHERE "groupId" = ? AND "sentAt" >= ? AND "sentAt" < ?`,
  lastMessage: `SELECT max("sentAt") AS "at" FROM "message" WHERE "groupId" = ?`,
  alarms: `SELECT "aspect", "members", "expected", "probability", "openedAt" FROM "alarm"
    WHERE "groupId" = ? AND "openedAt" >= ? AND "openedAt" < ? ORDER BY "openedAt", "id"`,
  improvements: `SELECT "number", "text", "aspect", "at" FROM "improvement"
    WHERE "groupId" = ? AND "at" >= ? AND "at" < ? ORDER BY "at", "number"`,
  spans: `SELECT "startedAt", "lastBeatAt" FROM "service_span"
    WHERE "lastBeatAt" >= ? AND "startedAt" < ? ORDER BY "startedAt", "id"`,
  spanBefore: `SELECT "startedAt", "lastBeatAt" FROM "service_span"
    WHERE "lastBeatAt" < ? ORDER BY "lastBeatAt" DESC LIMIT 1`,
  outages: `SELECT "startedAt", "endedAt" FROM "platform_outage"
    WHERE "platform" = ? AND "startedAt" < ? AND ("endedAt" IS NULL OR "endedAt" >= ?)
    ORDER BY "startedAt", "id"`,
  prompts: `SELECT "reason", count(*) AS "n" FROM "prompt"
    WHERE "groupId" = ? AND "shownAt" >= ? AND "shownAt" < ? GROUP BY "reason"`,
  missedRuns: `SELECT count(*) AS "n" FROM "survey" s
    JOIN "schedule" sch ON sch."kind" = 'survey.open' AND sch."ownerId" = s."id"
    JOIN "schedule_firing" f ON f."scheduleId" = sch."id"
    WHERE s."groupId" = ? AND f."dueAt" >= ? AND f."dueAt" < ? AND f."outcome" = 'missed'`,
  published: `SELECT "metric", "shown", "windowStart", "windowEnd" FROM "published_number"
    WHERE "groupId" = ? AND "at" >= ? ORDER BY "windowStart", "windowEnd", "metric", "id"`,
  waitingDigests: `SELECT "id" FROM "digest"
    WHERE "groupId" = ? AND "windowEnd" < ? AND "state" = 'waiting' ORDER BY "windowEnd", "id"`,
} as const;
