import { Button, Group } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import type { CaseAction, CaseDetail } from "#src/console/contract/care.js";
import { useTexts } from "../shared/use-texts.js";
import { ActionForm, type WrittenAction } from "./action-form.js";
import classes from "./cases.module.css";
import { useCaseAction } from "./use-case-action.js";

type Action = CaseAction["action"];

const WRITTEN: readonly Action[] = ["note", "reply", "resolve", "dismiss", "reopen"];
const FIRST_CHOICE: readonly Action[] = ["confirm", "take", "resolve", "reopen"];
const NO_ACTIONS: readonly Action[] = [];

function isWritten(action: Action): action is WrittenAction {
  return WRITTEN.includes(action);
}

/** Offers to take back what can honestly be taken back: nobody was told of a dismissal. */
function offerUndo(
  words: { readonly done: string; readonly undo: string },
  undo: () => void,
): void {
  const id = notifications.show({
    color: "jade",
    autoClose: 8_000,
    message: (
      <Group justify="space-between">
        <span>{words.done}</span>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {words.undo}
        </Button>
      </Group>
    ),
  });
}

/** What can be done about a case now; what needs words opens a field for them. */
export function CaseActions({ item }: { readonly item: CaseDetail; readonly onClose: () => void }) {
  const { cases: words, shell } = useTexts();
  const [writing, setWriting] = useState<WrittenAction | null>(null);
  const undo = useCaseAction(item.id, () => setWriting(null));
  const act = useCaseAction(item.id, (outcome, { action }) => {
    setWriting(null);
    if (action === "dismiss" && outcome.done && outcome.case.actions.includes("confirm")) {
      offerUndo({ done: words.action.dismiss, undo: shell.undo }, () =>
        undo.mutate({ action: "confirm" }),
      );
    }
  });
  const possible: readonly Action[] = act.isPending ? NO_ACTIONS : item.actions;
  const begin = (action: Action): void => {
    if (!possible.includes(action)) return;
    if (isWritten(action)) setWriting(action);
    else act.mutate({ action });
  };
  useHotkeys([
    ["T", () => begin("take")],
    ["N", () => begin("note")],
    ["E", () => begin("resolve")],
  ]);
  const first = FIRST_CHOICE.find(
    (action) => item.actions.includes(action) && (action !== "take" || item.assignee === null),
  );
  return (
    <section className={classes.actions}>
      <div className={classes.buttons}>
        {item.actions.map((action) => (
          <Button
            key={action}
            variant={action === first ? "filled" : "default"}
            disabled={act.isPending}
            aria-expanded={isWritten(action) ? writing === action : undefined}
            onClick={() => begin(action)}
          >
            {words.action[action]}
          </Button>
        ))}
      </div>
      {writing === null ? null : (
        <ActionForm
          key={writing}
          action={writing}
          isPending={act.isPending}
          onCancel={() => setWriting(null)}
          onSubmit={(text) => act.mutate({ action: writing, ...(text === "" ? {} : { text }) })}
        />
      )}
    </section>
  );
}
