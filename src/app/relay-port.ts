import { RelayAdapter } from "#adapters/relay/relay-adapter.js";
import { joinedEvent } from "#adapters/relay/relay-events.js";
import { RELAY, staffPlace } from "#adapters/relay/relay-places.js";
import type { RelayOperator, RelayPort } from "#src/console/contract/relay-port.js";
import { httpTexts } from "#src/i18n/http.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { conversationOf } from "#src/shared/addresses.js";
import { AppError } from "#src/shared/app-error.js";
import { randomIds } from "#src/shared/ids.js";
import { findBankQuestions } from "#src/surveys/question-bank.js";
import type { App } from "./create-app.js";
import { type DeskParts, previewPaste, relayGroup, takePaste } from "./relay-desk.js";
import { createGroup, groupInfo } from "./relay-groups.js";
import { openRelaySurvey } from "./relay-survey.js";
import { itemPicture, relayGroupRows, takeItem, trayOf } from "./relay-tray.js";

/** What relay mode needs besides the product's own rooms. */
export interface RelayPortParts {
  /** The application of this moment; the demo exchanges it. */
  readonly app: () => App;
  /** Lets what was handed in be worked off, where nobody else does. */
  readonly settle?: () => Promise<void>;
}

/** Builds the {@link RelayPort}. */
export function createRelayPort(parts: RelayPortParts): RelayPort {
  const base: Base = {
    ...parts,
    read: (work) => parts.app().store.read(work),
    write: (work) => parts.app().store.write(work),
  };
  return { ...groupActs(base), ...pasteActs(base), ...trayActs(base), ...surveyActs(base) };
}

interface Base extends RelayPortParts {
  readonly read: App["store"]["read"];
  readonly write: App["store"]["write"];
}

/** Lets follow what follows, then goes on with the result. */
async function settled<Result>({ settle }: Base, result: Result): Promise<Result> {
  await settle?.();
  return result;
}

function groupActs(base: Base): Pick<RelayPort, "groups" | "create" | "setStaff" | "tell"> {
  const { read, write } = base;
  const info = (id: string) => read(async (tx) => groupInfo(tx, await relayGroup(tx, id)));
  return {
    groups: () =>
      read(async (tx) => {
        const groups = [];
        for (const row of await relayGroupRows(tx)) groups.push(await groupInfo(tx, row));
        return groups.toSorted((a, b) => a.name.localeCompare(b.name));
      }),
    create: async (request, { operatorId, language }) => {
      const app = base.app();
      const group = await write(async (tx) => {
        const made = await createGroup(tx, app, { ...request, operatorId, readsIn: language });
        const place = { group: conversationOf(made), at: app.clock.now(), staff: true };
        for (const name of request.staff)
          await app.rooms.directory.place(tx, joinedEvent(name, place));
        return made;
      });
      await settled(base, null);
      return info(group.id);
    },
    setStaff: async (groupId, { name, staff }, { operatorId }) => {
      const app = base.app();
      const at = app.clock.now();
      await write(async (tx) => {
        const group = conversationOf(await relayGroup(tx, groupId));
        const place = await app.rooms.directory.place(tx, joinedEvent(name, { group, at, staff }));
        if (place === null) return;
        const subject = `member:${place.member.id}`;
        await tx.record({ at, actorId: operatorId, act: "relay.role", subject, detail: { staff } });
      });
      return settled(base, await info(groupId));
    },
    tell: async (groupId, text, by) => {
      const place = staffPlace(conversationOf(await read((tx) => relayGroup(tx, groupId))));
      const event = commandEvent(place, text, { ...by, at: base.app().clock.now() });
      await deskOf(base).adapter.hear([event]);
      await settled(base, null);
    },
  };
}

function pasteActs(base: Base): Pick<RelayPort, "preview" | "take"> {
  const turns = new Map<string, Promise<unknown>>();
  /** Two pastes into one group one after the other, so that the second knows what the first brought. */
  const inTurn = <Result>(groupId: string, work: () => Promise<Result>): Promise<Result> => {
    const before = turns.get(groupId) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    turns.set(groupId, mine);
    return mine;
  };
  return {
    preview: (groupId, request, { language }) =>
      previewPaste(deskOf(base), { groupId, request, language }),
    take: (groupId, { seal, ...request }, by) =>
      inTurn(groupId, async () =>
        settled(base, await takePaste(deskOf(base), { groupId, request, seal, ...by })),
      ),
  };
}

function trayActs(base: Base): Pick<RelayPort, "tray" | "setTaken" | "picture"> {
  const { app, read, write } = base;
  return {
    tray: (groupId) => read(async (tx) => trayOf(tx, await relayGroup(tx, groupId))),
    setTaken: (itemId, taken) =>
      write((tx) => takeItem(tx, itemId, taken ? app().clock.now() : null)),
    picture: (itemId) => read((tx) => itemPicture(tx, itemId)),
  };
}

function surveyActs(base: Base): Pick<RelayPort, "questions" | "survey"> {
  const { app, read, write } = base;
  return {
    questions: (groupId) =>
      read(async (tx) => {
        const { language } = await relayGroup(tx, groupId);
        const bank = findBankQuestions();
        return bank.map(({ id, kind, text }) => ({ id, kind, text: text[language] }));
      }),
    survey: async (groupId, request, by) => {
      const outcome = await write(async (tx) => {
        const group = await relayGroup(tx, groupId);
        return openRelaySurvey(tx, app(), { group, request, ...by });
      });
      return settled(base, outcome);
    },
  };
}

/** A line in the staff's own conversation, by whoever is signed in. */
function commandEvent(
  conversation: ConversationRef,
  text: string,
  by: RelayOperator & { readonly at: number },
): MessageEvent {
  const messageId = randomIds.next();
  const memberId = `${conversation.conversationId}/#${by.operatorId}`;
  return {
    kind: "message",
    eventId: messageId,
    at: by.at,
    conversation,
    author: { platform: RELAY, memberId, name: httpTexts[by.language].owner, role: "staff" },
    text,
    message: { conversation, messageId },
    mentionsBot: false,
    isDirect: false,
  };
}

function deskOf({ app }: RelayPortParts): DeskParts {
  const present = app();
  const adapter = present.adapters.get(RELAY);
  if (!(adapter instanceof RelayAdapter)) {
    throw new AppError("not-supported", "Relay mode is not part of this service.");
  }
  return { app: present, adapter };
}
