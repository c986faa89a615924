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
  const turns = new Map<string, Promise<unknown>>();
  /** Two pastes into one group one after the other, so that the second knows what the first brought. */
  const inTurn = <Result>(groupId: string, work: () => Promise<Result>): Promise<Result> => {
    const before = turns.get(groupId) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    turns.set(groupId, mine);
    return mine;
  };
  const done = async <Result>(result: Result): Promise<Result> => {
    await parts.settle?.();
    return result;
  };
  const read: App["store"]["read"] = (work) => parts.app().store.read(work);
  const write: App["store"]["write"] = (work) => parts.app().store.write(work);
  const info = (id: string) => read(async (tx) => groupInfo(tx, await relayGroup(tx, id)));
  return {
    groups: () =>
      read(async (tx) => {
        const rows = await relayGroupRows(tx);
        const groups = [];
        for (const row of rows) groups.push(await groupInfo(tx, row));
        return groups.toSorted((a, b) => a.name.localeCompare(b.name));
      }),
    create: async (request, { operatorId, language }) => {
      const app = parts.app();
      const group = await write((tx) =>
        createGroup(tx, app, { ...request, operatorId, readsIn: language }),
      );
      const [at, place] = [app.clock.now(), conversationOf(group)];
      await write(async (tx) => {
        for (const name of request.staff)
          await app.rooms.directory.place(tx, joinedEvent(name, { group: place, at, staff: true }));
      });
      await done(null);
      return info(group.id);
    },
    setStaff: async (groupId, { name, staff }, { operatorId }) => {
      const app = parts.app();
      const at = app.clock.now();
      await write(async (tx) => {
        const group = conversationOf(await relayGroup(tx, groupId));
        const place = await app.rooms.directory.place(tx, joinedEvent(name, { group, at, staff }));
        if (place === null) return;
        const subject = `member:${place.member.id}`;
        await tx.record({ at, actorId: operatorId, act: "relay.role", subject, detail: { staff } });
      });
      await done(null);
      return info(groupId);
    },
    preview: (groupId, request, { language }) =>
      previewPaste(deskOf(parts), { groupId, request, language }),
    take: (groupId, { seal, ...request }, { operatorId, language }) =>
      inTurn(groupId, async () =>
        done(await takePaste(deskOf(parts), { groupId, request, seal, operatorId, language })),
      ),
    tray: (groupId) => read(async (tx) => trayOf(tx, await relayGroup(tx, groupId))),
    setTaken: async (itemId, taken) =>
      done(await write((tx) => takeItem(tx, itemId, taken ? parts.app().clock.now() : null))),
    picture: (itemId) => read((tx) => itemPicture(tx, itemId)),
    tell: async (groupId, text, { operatorId, language }) => {
      const place = staffPlace(conversationOf(await read((tx) => relayGroup(tx, groupId))));
      const event = commandEvent(place, text, {
        operatorId,
        language,
        at: parts.app().clock.now(),
      });
      await deskOf(parts).adapter.hear([event]);
      await done(null);
    },
    questions: (groupId) =>
      read(async (tx) => {
        const { language } = await relayGroup(tx, groupId);
        return findBankQuestions().map(({ id, kind, text }) => ({
          id,
          kind,
          text: text[language],
        }));
      }),
    survey: async (groupId, request, { operatorId, language }) =>
      done(
        await write(async (tx) => {
          const group = await relayGroup(tx, groupId);
          return openRelaySurvey(tx, parts.app(), { group, request, operatorId, language });
        }),
      ),
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
