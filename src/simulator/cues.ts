import { botMessageId } from "#adapters/simulated/simulated-chat.js";
import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import type { ComplaintCase } from "#entities/index.js";
import type { CaseState } from "#entities/vocabulary.js";
import type { Simulation } from "#src/app/simulation.js";
import type { TranscriptLine } from "#src/app/transcript.js";
import { simulatorTexts } from "#src/i18n/simulator.js";
import { messageKey } from "#src/platform/conversation.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Cast } from "./cast.js";
import { lineIdOf, type Timeline } from "./timeline.js";

/** What a cue needs to know of the world at its moment. */
export interface CueScene {
  /** Epoch ms of the world. */
  readonly now: number;
  readonly simulation: Simulation;
  readonly cast: Cast;
  readonly timeline: Timeline;
}

interface Cue {
  readonly id: string;
  readonly group: string;
  /** Epoch ms of the world. */
  readonly at: number;
  readonly member: string;
}

/** An answer to whatever is asked in the room at that moment: a press where the card has buttons, else a line. */
export interface Ballot extends Cue {
  readonly kind: "ballot";
  readonly value: string;
  readonly why?: string;
}

/** What staff do with a case whose number only the product knows. */
export interface Errand extends Cue {
  readonly kind: "errand";
  readonly act: "take" | "resolve" | "dismiss";
  readonly words: string;
  /** The line that opened the case; absent: the oldest open case of the staff room's groups. */
  readonly to?: string;
}

const OPEN: readonly CaseState[] = [
  "candidate",
  "confirmed",
  "acknowledged",
  "in_progress",
  "reopened",
];

/** The line that a ballot comes to; null when nothing is asked. */
export async function ballotLine(scene: CueScene, ballot: Ballot): Promise<TranscriptLine | null> {
  const { value, why, group } = ballot;
  const card = await openCard(scene, group);
  if (card === null) return null;
  const row = card.line?.choices.find((one) => one.action === "vote");
  const choice = row?.choices.find((one) => one.value.endsWith(`|${value}`));
  const deed = deedOf(scene, ballot);
  if (why === undefined && row !== undefined && choice !== undefined) {
    const { action } = row;
    return { ...deed, kind: "press", message: card.messageId, action, value: choice.value };
  }
  if (why === undefined) return { ...deed, kind: "message", text: value };
  const comma = scene.cast.room(group).language === "zh" ? "，" : ", ";
  const quoted = card.line?.text ?? "";
  return { ...deed, kind: "message", text: value + comma + why, repliesTo: card.messageId, quoted };
}

/** The command that an errand comes to; null when there is no such case, or nothing left to do with it. */
export async function errandLine(scene: CueScene, errand: Errand): Promise<TranscriptLine | null> {
  const { group, act, words } = errand;
  const found = await scene.simulation.app.store.read((tx) => caseOf(tx, scene, errand));
  if (found === null || !OPEN.includes(found.state)) return null;
  const { language } = scene.cast.room(group);
  const text = simulatorTexts[language].handleCase(found.number, act, words);
  return { ...deedOf(scene, errand), kind: "message", text };
}

function deedOf(scene: CueScene, { id, group, member, at }: Cue) {
  const { name, role } = scene.cast.memberIn(group, member);
  return { id, group, at: Math.max(at, scene.now), member, name, role };
}

async function openCard(scene: CueScene, room: string) {
  const place = { platform: SIMULATED, conversationId: room };
  const run = await scene.simulation.app.store.read(async (tx) => {
    const group = await tx.directory.group(place);
    if (group === null) return null;
    return tx.runs.first(
      { groupId: group.id, state: "open", closesAt: { above: scene.now }, cardKey: { not: null } },
      { order: { openedAt: "desc", id: "asc" } },
    );
  });
  if (run === null || run.cardKey === null) return null;
  const messageId = botMessageId(run.cardKey);
  return { messageId, line: scene.timeline.get(lineIdOf(room, messageId)) };
}

async function caseOf(
  tx: Transaction,
  scene: CueScene,
  errand: Errand,
): Promise<ComplaintCase | null> {
  const { to, group } = errand;
  const staff = await tx.directory.group({ platform: SIMULATED, conversationId: group });
  if (staff === null) return null;
  const groups = await tx.directory.groups.find({ staffGroupId: staff.id });
  if (to === undefined) {
    const groupId = groups.map((one) => one.id);
    return tx.cases.first({ groupId, state: OPEN }, { order: { number: "asc" } });
  }
  for (const { externalId: room } of groups) {
    if (scene.timeline.get(lineIdOf(room, to)) === undefined) continue;
    const conversation = { platform: SIMULATED, conversationId: room };
    const part = await tx.caseMessages.first({ id: messageKey({ conversation, messageId: to }) });
    return part === null ? null : tx.cases.first({ id: part.caseId });
  }
  return null;
}
