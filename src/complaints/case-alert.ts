import type { ComplaintCase, Group, Member } from "#entities/index.js";
import type { EvidenceSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { type CaseButton, type ComplaintTexts, complaintTexts } from "#src/i18n/complaints.js";
import {
  type ChoiceRow,
  FORM_ACTION,
  type OutboundMessage,
} from "#src/platform/outbound-message.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { settingsOf } from "#src/shared/group-settings.js";
import type { StaffRoom } from "#src/store/staff-store.js";
import type { Transaction } from "#src/store/transaction.js";
import { reportOf } from "./case-record.js";
import { planMove } from "./case-states.js";

/** What an alert shows. */
export interface AlertFacts {
  readonly row: ComplaintCase;
  readonly language: Language;
  readonly timeZone: string;
  readonly groupName: string;
  readonly reporterName: string;
  /** The words of the report; null after a recall. */
  readonly words: string | null;
  readonly hasMedia: boolean;
  /** Who decided or works on it. */
  readonly handler: string | null;
  /** Colleagues the case can be given to with one tap. */
  readonly colleagues: readonly Pick<Member, "id" | "name">[];
  /** Time that a person has for the first reply to a P1, ms; null for other severities. */
  readonly pageWithinMs: number | null;
}

const LONGEST_QUOTE = 300;
const MOST_EVIDENCE = 3;
const MOST_COLLEAGUES = 4;
const LONGEST_VALUE = 400;

/** Outbox key of the alert of a case; everything later edits this message. */
export function alertKey(caseId: string): string {
  return `alert:${caseId}`;
}

function cut(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join("")}…`;
}

/** The aspects of a case in words, most likely first. */
export function aspectWords(row: Pick<ComplaintCase, "aspects">, texts: ComplaintTexts): string {
  return texts.list(row.aspects.map((aspect) => texts.aspects[aspect]));
}

function evidenceLine(facts: AlertFacts, texts: ComplaintTexts): string | null {
  const { evidence, rule } = facts.row.verdict;
  const pieces = [...evidence]
    .sort((a, b) => b.weight - a.weight)
    .filter((piece) => piece.text !== "")
    .slice(0, MOST_EVIDENCE)
    .map((piece) => pieceWords(piece, rule, texts));
  const opinion = evidence.find((piece) => piece.source === "opinion");
  if (opinion !== undefined) pieces.push(opinionWords(opinion, texts));
  if (pieces.length === 0) return null;
  return texts.alert.why(pieces.join(facts.language === "zh" ? "，" : ", "));
}

function pieceWords(piece: EvidenceSnapshot, rule: string | null, texts: ComplaintTexts): string {
  const source =
    piece.source === "safety" && rule !== null
      ? (texts.safetyRules[rule] ?? rule)
      : (texts.sources[piece.source] ?? piece.source);
  return texts.alert.piece(cut(piece.text, 40), source, `+${piece.weight.toFixed(1)}`);
}

/** What another model said of the line: it quotes no words. */
function opinionWords({ weight }: EvidenceSnapshot, texts: ComplaintTexts): string {
  const sure = 1 / (1 + Math.exp(-Math.abs(weight)));
  return texts.alert.opinion(weight > 0, Math.round(sure * 100));
}

function saidLine(facts: AlertFacts, texts: ComplaintTexts): string {
  const name = facts.reporterName === "" ? texts.someone : facts.reporterName;
  const words = facts.words === null ? texts.alert.recalled : cut(facts.words, LONGEST_QUOTE);
  const shown = words === "" ? texts.alert.noWords : words;
  return texts.alert.said(name, shown + (facts.hasMedia ? texts.alert.photo : ""));
}

/** The one-tap moves that make sense in the case's present state; whoever works on it resolves it. */
export function alertMoves(row: Pick<ComplaintCase, "state" | "assigneeId">): CaseButton[] {
  switch (row.state) {
    case "candidate":
      return ["confirm", "dismiss", "take"];
    case "confirmed":
      return [row.assigneeId === null ? "take" : "resolve", "reply", "dismiss"];
    case "reopened":
      return [row.assigneeId === null ? "take" : "resolve", "reply"];
    case "acknowledged":
    case "in_progress":
      return row.assigneeId === null ? ["take", "resolve", "reply"] : ["resolve", "reply"];
    case "resolved":
    case "told":
    case "closed":
    case "dismissed":
      return [];
  }
}

function buttonRows(facts: AlertFacts, texts: ComplaintTexts): ChoiceRow[] {
  const { row } = facts;
  const rows = alertMoves(row).map((move): ChoiceRow => {
    const choice = { label: texts.alert.buttons[move], value: buttonValue(row) };
    const style = move === "dismiss" ? "danger" : move === "confirm" ? "primary" : undefined;
    return {
      action: move === "reply" ? `${FORM_ACTION}reply` : `case.${move}`,
      choices: [style === undefined ? choice : { ...choice, style }],
    };
  });
  const mayAssign = row.state === "candidate" || row.state === "confirmed";
  const colleagues = facts.colleagues.filter(({ name }) => name !== "").slice(0, MOST_COLLEAGUES);
  if (mayAssign && row.assigneeId === null && colleagues.length > 1) {
    rows.push({
      action: "case.assign",
      choices: colleagues.map(({ id, name }) => ({
        label: texts.alert.assignTo(name),
        value: buttonValue(row, id),
      })),
    });
  }
  return rows;
}

/** What somebody saw of a case when they pressed a button. */
export interface ShownCase {
  readonly state: string;
  /** Nobody worked on it. */
  readonly free: boolean;
}

/** What a button carries: the case, whom it is given to, and how the case stood when it was shown. */
function buttonValue(row: ComplaintCase, assigneeId = ""): string {
  return [row.id, assigneeId, row.state, row.assigneeId === null ? "free" : "taken"].join("|");
}

/** Reads what a button of an alert carries; one of an older version shows no state. */
export function caseOfButton(value: string): {
  readonly caseId: string;
  readonly assigneeId: string;
  readonly shown: ShownCase | undefined;
} {
  const [caseId = "", assigneeId = "", state, hands] = value.slice(0, LONGEST_VALUE).split("|");
  const shown = state === undefined ? undefined : { state, free: hands === "free" };
  return { caseId, assigneeId, shown };
}

/** The alert as staff see it: severity, aspects, who said what, why, what to do. Pure. */
export function alertMessage(facts: AlertFacts): OutboundMessage {
  const texts = complaintTexts[facts.language];
  const { row } = facts;
  const title = texts.alert.title({
    severity: row.severity,
    number: row.number,
    group: facts.groupName,
    aspects: aspectWords(row, texts),
  });
  const waiting = row.state === "candidate" || row.state === "confirmed";
  const lines = [
    title,
    saidLine(facts, texts),
    evidenceLine(facts, texts),
    texts.alert.score(Math.round(row.score * 100), row.affected),
    row.state === "candidate"
      ? null
      : texts.alert.state(texts.states[row.state], facts.handler ?? null),
    waiting ? dueLine(facts, texts) : null,
  ];
  const text = lines.filter((line) => line !== null).join("\n");
  const choices = buttonRows(facts, texts);
  if (choices.length === 0) return { text };
  // What needs words of its own is not offered as a line to copy.
  const moves = alertMoves(row).filter((move) => planMove(row.state, move) !== null);
  const typed = moves.filter((move) => move !== "reply");
  const commands = typed.length === 0 ? "" : `\n${texts.alert.commands(row.number, typed)}`;
  return { text, choices, textWithoutButtons: text + commands };
}

function dueLine(facts: AlertFacts, texts: ComplaintTexts): string | null {
  const { row, pageWithinMs } = facts;
  if (pageWithinMs !== null) return texts.alert.pageHint(texts.duration(pageWithinMs));
  if (row.acknowledgeDueAt === null) return null;
  const due = formatInstant(row.acknowledgeDueAt, facts.timeZone, facts.language, "short");
  return texts.alert.due(due);
}

/** Where the facts of an alert come from. */
interface AlertSource {
  readonly group: Group;
  readonly row: ComplaintCase;
  readonly room: StaffRoom;
  readonly hasMedia?: boolean | undefined;
}

/** Loads what the alert of a case shows. */
async function loadAlertFacts(
  tx: Transaction,
  { group, row, room, hasMedia = false }: AlertSource,
): Promise<AlertFacts> {
  const report = await reportOf(tx, row.id);
  const reporter = await tx.directory.memberById(row.reporterId);
  const assignee = row.assigneeId === null ? null : await tx.directory.memberById(row.assigneeId);
  return {
    row,
    language: room.language,
    timeZone: group.timeZone,
    groupName: group.name,
    reporterName: reporter?.name ?? "",
    words: report === null ? "" : report.text,
    hasMedia,
    handler: assignee?.name ?? null,
    colleagues: room.staff,
    pageWithinMs: row.severity === "P1" ? settingsOf(group).targets.P1.acknowledgeMs : null,
  };
}

/** Tells staff of a new case; a P1 calls them by name. */
export async function sendAlert(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  options: { readonly at: number; readonly hasMedia?: boolean; readonly again?: string },
): Promise<void> {
  const room = await tx.staff.roomOf(group);
  const facts = await loadAlertFacts(tx, { group, row, room, hasMedia: options.hasMedia });
  const key = alertKey(row.id);
  await tx.staff.tell(room, {
    kind: "alert",
    key: options.again === undefined ? key : `${key}:${options.again}`,
    group,
    at: options.at,
    message: alertMessage(facts),
    ...(row.severity === "P1" ? { page: room.staff } : {}),
  });
}

/** Brings the alert in the staff room up to date where the platform can edit; private copies stay as they were. */
export async function refreshAlert(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<void> {
  const room = await tx.staff.roomOf(group);
  const facts = await loadAlertFacts(tx, { group, row, room });
  const change = `v${String(row.version)}`;
  const editsKey = alertKey(row.id);
  await tx.outbox.edit({
    key: `${editsKey}:${change}`,
    editsKey,
    message: alertMessage(facts),
    at,
  });
}

/** A short line about a case under its alert. */
export interface CaseLine {
  /** What it is about, unique within the case: it is said once. */
  readonly subject: string;
  readonly at: number;
  readonly compose: (texts: ComplaintTexts, language: Language) => string;
  /** Call staff by name. */
  readonly page?: "all" | "assignee";
}

/** Says a short line about a case to staff. */
export async function sayLine(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  line: CaseLine,
): Promise<void> {
  const room = await tx.staff.roomOf(group);
  const assignee = row.assigneeId === null ? null : await tx.directory.memberById(row.assigneeId);
  const all = line.page === "all" || (line.page === "assignee" && assignee === null);
  const page = all ? room.staff : line.page === undefined || assignee === null ? [] : [assignee];
  await tx.staff.tell(room, {
    kind: "alert",
    key: `${alertKey(row.id)}:${line.subject}`,
    group,
    at: line.at,
    message: { text: line.compose(complaintTexts[room.language], room.language) },
    page,
  });
}
