import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import type { SimulatedMember, SurveyNowRequest } from "#src/console/contract/simulator.js";
import { simulatorTexts } from "#src/i18n/simulator.js";
import { AppError } from "#src/shared/app-error.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Life } from "./life.js";

/** The bank's question of each kind. */
const QUESTIONS: Readonly<Record<SurveyNowRequest["question"], string>> = {
  csat: "overall-satisfaction",
  nps: "overall-recommendation",
  ces: "after-sales-effort",
};

const REFUSALS = ["open_p1", "already_open", "left"] as const;

/**
 * Opens a survey in a customers' room as staff do: a command in the staff room. Whoever presses the
 * button wants it now, so caps and quiet hours are set aside (`force`); a scenario keeps to them.
 * Throws `not-found` for a room without staff, and `conflict` with the reason and what to do when
 * the product refuses what a visitor asked for.
 */
export async function openSurvey(
  life: Life,
  { room, question }: SurveyNowRequest,
  force: boolean,
): Promise<void> {
  const scene = await sceneOf(life, room);
  const known = await findSurvey(life, scene, question);
  if (known === null) {
    const texts = simulatorTexts[scene.staffLanguage];
    await tell(life, scene, texts.draftSurvey(QUESTIONS[question], scene.groupName));
  }
  const survey = known ?? (await findSurvey(life, scene, question));
  if (survey === null) throw refusal(life, room, null);
  const at = life.now + 1;
  await tell(life, scene, simulatorTexts[scene.staffLanguage].runSurvey(survey.number, force));
  if (!force) return;
  const outcome = await life.simulation.app.store.read(async (tx) => ({
    opened: await tx.runs.first({ surveyId: survey.id, openedAt: { atLeast: at } }),
    refused: await tx.audit.first(
      { subject: `survey:${survey.id}`, act: "survey.not_opened", at: { atLeast: at } },
      { order: { seq: "desc" } },
    ),
  }));
  if (outcome.opened === null) throw refusal(life, room, outcome.refused?.detail["reason"]);
}

interface Scene {
  readonly groupId: string;
  readonly groupName: string;
  readonly staffRoom: string;
  readonly staffLanguage: "zh" | "en";
  readonly speaker: SimulatedMember;
}

async function sceneOf(life: Life, roomId: string): Promise<Scene> {
  const room = life.cast.room(roomId);
  const { group, staff } = await life.simulation.app.store.read((tx) => groupsOf(tx, roomId));
  if (group === null || group.purpose === "staff") {
    throw new AppError("invalid-input", `Customers are asked, and "${room.name}" has none.`, {
      field: "room",
      expected: "a room of customers",
    });
  }
  const staffRoom = staff === null ? undefined : life.cast.findRoom(staff.externalId);
  const speaker = life.cast.members.find(
    (one) => one.role === "staff" && staffRoom?.memberIds.includes(one.id) === true,
  );
  if (staff === null || staffRoom === undefined || speaker === undefined) {
    throw new AppError("not-found", `"${room.name}" has no staff who could open a survey.`);
  }
  return {
    groupId: group.id,
    groupName: group.name,
    staffRoom: staffRoom.id,
    staffLanguage: staff.language,
    speaker,
  };
}

async function groupsOf(tx: Transaction, room: string) {
  const group = await tx.directory.group({ platform: SIMULATED, conversationId: room });
  const staffId = group?.staffGroupId ?? null;
  return { group, staff: staffId === null ? null : await tx.directory.groupById(staffId) };
}

/** The group's newest survey of that kind that staff may run. */
async function findSurvey(
  life: Life,
  { groupId }: Scene,
  kind: SurveyNowRequest["question"],
): Promise<{ readonly id: string; readonly number: number } | null> {
  return life.simulation.app.store.read((tx) =>
    tx.surveys.first(
      { groupId, kind, status: ["draft", "active", "paused"], decision: { not: "" } },
      { order: { number: "asc" } },
    ),
  );
}

async function tell(life: Life, { staffRoom, speaker }: Scene, text: string): Promise<void> {
  const { id: member, name, role } = speaker;
  const id = life.nextId("v", staffRoom);
  const at = life.now + 1;
  await life.perform({ kind: "message", id, group: staffRoom, at, member, name, role, text });
}

function refusal(life: Life, roomId: string, reason: unknown): AppError {
  const room = life.cast.room(roomId);
  const word = REFUSALS.find((one) => one === reason) ?? "other";
  const { why, remedy } = simulatorTexts[room.language].refused[word];
  return new AppError("conflict", why, { remedy });
}
