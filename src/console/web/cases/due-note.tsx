import type { CaseSummary } from "#src/console/contract/care.js";
import { cx } from "../shared/cx.js";
import { relativeTime } from "../shared/format.js";
import { AlertIcon } from "../shared/icons.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./cases.module.css";
import { useNow } from "./use-now.js";

/** When the next promise runs out, or that it has. */
export function DueNote({ item }: { readonly item: CaseSummary }) {
  const language = useLanguage();
  const { cases: words } = useTexts();
  const now = useNow();
  if (item.dueAt === null) return null;
  const when = relativeTime(item.dueAt, now, language);
  return (
    <span className={cx(classes.due, item.overdue && classes.overdue)}>
      {item.overdue ? <AlertIcon size={15} /> : null}
      {item.overdue ? words.overdue(when) : words.due(when)}
    </span>
  );
}
