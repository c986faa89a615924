import { groupPlace, plainName, staffPlace } from "#adapters/relay/relay-places.js";
import type { Group } from "#entities/index.js";
import type { CreateRelayGroupRequest, RelayGroup } from "#src/console/contract/relay.js";
import { relayTexts } from "#src/i18n/relay.js";
import { AppError } from "#src/shared/app-error.js";
import type { Transaction } from "#src/store/transaction.js";
import type { App } from "./create-app.js";
import { countWaiting } from "./relay-tray.js";

/** A group as pages show it. */
export async function groupInfo(tx: Transaction, group: Group): Promise<RelayGroup> {
  const [run] = await tx.runs.find(
    { groupId: group.id, state: "open" },
    { order: { openedAt: "desc" }, limit: 1 },
  );
  const survey = run === undefined ? null : await tx.surveys.first({ id: run.surveyId });
  const pasted = await tx.audit.first(
    { subject: `group:${group.id}`, act: "relay.pasted" },
    { order: { seq: "desc" } },
  );
  return {
    id: group.id,
    name: group.name,
    language: group.language,
    timeZone: group.timeZone,
    staff: [...(await staffNamesOf(tx, group))],
    members: await tx.directory.memberships.count({ groupId: group.id, leftAt: null }),
    waiting: await countWaiting(tx, group),
    openSurvey:
      run === undefined
        ? null
        : {
            title: survey?.title ?? "",
            closesAt: run.closesAt,
            answers: await tx.responses.rows.count({ runId: run.id, rating: true }),
          },
    lastPasteAt: pasted?.at ?? null,
  };
}

/** Display names of people who run the shop, as staff said. */
export async function staffNamesOf(tx: Transaction, group: Group): Promise<readonly string[]> {
  const rows = await tx.directory.memberships.find({
    groupId: group.id,
    role: ["staff", "leader"],
  });
  const members = await tx.directory.members.find({ id: rows.map((row) => row.memberId) });
  const pasters = new Set(members.filter(({ externalId }) => externalId.endsWith("#paster")));
  return members
    .filter((member) => !pasters.has(member) && member.name !== "")
    .map(({ name }) => name)
    .toSorted();
}

/** Makes a group with its tray. Throws `conflict` when there is one of that name. */
export async function createGroup(
  tx: Transaction,
  app: App,
  request: CreateRelayGroupRequest & { readonly operatorId: string; readonly readsIn: "zh" | "en" },
): Promise<Group> {
  const { language, timeZone, operatorId } = request;
  const name = plainName(request.name);
  const { problems } = relayTexts[request.readsIn];
  if (name === "") {
    throw new AppError("invalid-input", "The name is empty.", {
      field: "name",
      expected: "the name of the chat group",
    });
  }
  if (timeZone !== undefined && !Intl.supportedValuesOf("timeZone").includes(timeZone)) {
    throw new AppError("invalid-input", "There is no such time zone.", {
      field: "timeZone",
      expected: "a name such as Asia/Shanghai",
    });
  }
  const place = groupPlace(name);
  if ((await tx.directory.group(place)) !== null) {
    throw new AppError("conflict", problems.exists(name), { remedy: problems.existsRemedy });
  }
  const at = app.clock.now();
  const staffAt = staffPlace(place);
  const zone = timeZone === undefined ? {} : { timeZone };
  const { directory } = app.rooms;
  await directory.ensureGroup(tx, {
    place: staffAt,
    at,
    name: relayTexts[language].staffRoomOf(name),
    purpose: "staff",
    language,
    ...zone,
  });
  const group = await directory.ensureGroup(tx, {
    place,
    at,
    name,
    purpose: "customers",
    language,
    staffRoom: staffAt,
    ...zone,
  });
  await tx.record({ at, actorId: operatorId, act: "relay.created", subject: `group:${group.id}` });
  return group;
}
