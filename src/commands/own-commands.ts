import { eraseCode, isEraseCode } from "#src/directory/erase-code.js";
import { forgetMember } from "#src/directory/forget-member.js";
import { exportMember } from "#src/directory/member-data.js";
import {
  muteMember,
  optInMember,
  optOutMember,
  unmuteMember,
} from "#src/directory/member-wishes.js";
import { ownDataWords } from "#src/directory/own-data-words.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { directoryTexts } from "#src/i18n/directory.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { stableId } from "#src/shared/ids.js";
import type { Answer, Call } from "./command-call.js";
import { isStaff } from "./command-scope.js";
import { eraseCodeOf } from "./judge-call.js";

/** `mute`: no reminders and no follow-ups to this person any more. */
export async function muteCommand({ tx, place, at, language }: Call): Promise<Answer> {
  await muteMember(tx, place.member, at);
  return { text: directoryTexts[language].muted, neutral: true };
}

/** `unmute`: they may be asked again. */
export async function unmuteCommand({ tx, place, at, language }: Call): Promise<Answer> {
  await unmuteMember(tx, place.member, at);
  return { text: directoryTexts[language].unmuted, neutral: true };
}

/** `opt out`: from now on nothing of this person is read or kept. */
export async function optOutCommand({ tx, place, at, language }: Call): Promise<Answer> {
  await optOutMember(tx, place.member, at);
  return { text: directoryTexts[language].optedOut, neutral: true };
}

/** `opt in`: back again. */
export async function optInCommand({ tx, place, event, at, language }: Call): Promise<Answer> {
  const texts = directoryTexts[language];
  if (place.member.optedOutAt === null) return { text: texts.alreadyIn, neutral: true };
  await optInMember(tx, place.member, { at, author: event.author });
  return { text: texts.optedIn, neutral: true };
}

/** `my data`: everything that is kept of the asker, told to them alone. */
export async function myDataCommand({ tx, place, language }: Call): Promise<Answer> {
  const data = await exportMember(tx, place.member.id);
  return { text: ownDataWords(data, language) };
}

/** `my cases`: how far what the asker reported has got. */
export async function myCasesCommand(call: Call): Promise<Answer> {
  const { tx, place, language } = call;
  const texts = directoryTexts[language].cases;
  const { customer, troubles } = complaintTexts[language];
  const cases = await call.rooms.complaints.myCases(tx, place.member);
  if (cases.length === 0) return { text: texts.none, neutral: true };
  const lines = cases.map(({ number, aspect, state, nextAt }) => {
    const due = nextAt !== null && nextAt > call.at ? nextAt : null;
    return customer.status({
      number,
      trouble: troubles[aspect],
      state: customer.stages[state],
      next: due === null ? null : formatInstant(due, place.group.timeZone, language, "short"),
    });
  });
  return { text: [texts.heading(cases.length), ...lines, texts.foot].join("\n") };
}

/** `erase`: first what would go and a code; with the code within ten minutes, the erasure. */
export async function eraseCommand(call: Call): Promise<Answer> {
  const { tx, place, at, language, event, rest } = call;
  const texts = directoryTexts[language].erase;
  const typed = eraseCodeOf(rest);
  const { member } = place;
  if (typed === null) {
    const code = eraseCode(member.id, at);
    const value = language === "zh" ? `删除 确认 ${code}` : `erase confirm ${code}`;
    return {
      text: texts.explain(code),
      choices: [{ action: "command", choices: [{ label: texts.button, value, style: "danger" }] }],
      textWithoutButtons: texts.explain(code),
    };
  }
  if (!isEraseCode(typed, member.id, at)) return { text: texts.wrongCode };
  const staff = await isStaff(tx, call);
  const optedOut = member.optedOutAt !== null;
  await forgetMember(tx, {
    memberId: member.id,
    tombstoneId: stableId("tombstone", event.eventId),
    at,
    directConversation: place.direct ? event.conversation : null,
  });
  const done = optedOut ? texts.doneOptedOut : texts.done;
  return { text: staff ? `${done}\n${texts.staff}` : done };
}
