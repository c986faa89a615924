import { useMutation } from "@tanstack/react-query";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { stage } from "../../api/stage.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { reactionSign } from "./chat-words.js";
import classes from "./line.module.css";

/** Adds or takes back a reaction of whoever one is. */
export function useReact(line: SimulatedLine) {
  const { scene } = useScene();
  return useMutation({
    mutationFn: (reaction: string) => {
      const mine = line.reactions.some(
        (each) => each.reaction === reaction && each.memberIds.includes(scene.me.id),
      );
      return stage.react(line.id, {
        memberId: scene.me.id,
        reaction,
        change: mine ? "removed" : "added",
      });
    },
  });
}

/** The reactions under a line; a press joins or leaves one. */
export function Reactions({ line }: { readonly line: SimulatedLine }) {
  const { chat } = useTexts();
  const { scene } = useScene();
  const react = useReact(line);
  const present = line.reactions.filter((each) => each.memberIds.length > 0);
  if (present.length === 0) return null;
  return (
    <div className={classes.reactions}>
      {present.map(({ reaction, memberIds }) => {
        const names = memberIds.map((id) => scene.memberById.get(id)?.name ?? chat.bot).join(", ");
        const sign = reactionSign(reaction);
        return (
          <button
            key={reaction}
            type="button"
            className={classes.reaction}
            aria-pressed={memberIds.includes(scene.me.id)}
            aria-label={`${sign} ${memberIds.length}: ${names}`}
            title={names}
            onClick={() => react.mutate(reaction)}
          >
            <span>{sign}</span>
            <span>{memberIds.length}</span>
          </button>
        );
      })}
    </div>
  );
}
