import { useMutation } from "@tanstack/react-query";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { stage } from "../../api/stage.js";
import { cx } from "../../shared/cx.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./line.module.css";

/** The buttons under a line of the bot. */
export function Choices({ line }: { readonly line: SimulatedLine }) {
  const { chat } = useTexts();
  const { scene } = useScene();
  const press = useMutation({
    mutationFn: (choice: { readonly action: string; readonly value: string }) =>
      stage.press(line.id, { memberId: scene.me.id, ...choice }),
  });
  return (
    <div className={classes.choices} role="group" aria-label={chat.buttons}>
      {line.choices.map(({ action, choices }) => (
        <div key={action} className={classes.choiceRow}>
          {choices.map(({ label, value, style }) => (
            <button
              key={value}
              type="button"
              className={cx(
                classes.choice,
                style === "primary" && classes.primary,
                style === "danger" && classes.danger,
              )}
              disabled={press.isPending}
              onClick={() => press.mutate({ action, value })}
            >
              {label}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
