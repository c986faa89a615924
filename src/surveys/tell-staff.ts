import type { Group } from "#entities/index.js";
import type { Language, MessageKind } from "#entities/vocabulary.js";
import { type SurveyTexts, surveyTexts } from "#src/i18n/surveys.js";
import type { Transaction } from "#src/store/transaction.js";

/** Something for the staff of a group. */
export interface StaffNotice {
  readonly key: string;
  readonly kind: MessageKind;
  readonly group: Group;
  readonly at: number;
  /** Composes the text in the language of those who read it. */
  readonly compose: (texts: SurveyTexts, language: Language) => string;
}

/** Says it to the staff of the group, at once, where all else is said to them. */
export async function tellStaff(tx: Transaction, notice: StaffNotice): Promise<void> {
  const { group, key, kind, at } = notice;
  const room = await tx.staff.roomOf(group);
  const text = notice.compose(surveyTexts[room.language], room.language);
  await tx.staff.tell(room, { key, kind, group, at, message: { text } });
}
