import { Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { stage } from "../../api/stage.js";
import { EditIcon, MoreIcon, RecallIcon, ReplyIcon } from "../../shared/icons.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { OFFERED_REACTIONS } from "./chat-words.js";
import classes from "./line.module.css";
import { useReact } from "./reactions.js";

function Items({ line, onDone }: { readonly line: SimulatedLine; readonly onDone: () => void }) {
  const { chat } = useTexts();
  const { scene, quote, edit } = useScene();
  const react = useReact(line);
  const recall = useMutation({ mutationFn: () => stage.recall(line.id, scene.me.id) });
  const isOwn = line.memberId === scene.me.id;
  const { actions } = chat;
  return (
    <>
      {line.onlyFor === null ? (
        <div className={classes.offered}>
          {OFFERED_REACTIONS.map((reaction) => (
            <Menu.Item
              key={reaction}
              className={classes.offer ?? ""}
              aria-label={chat.reactWith(reaction)}
              onClick={() => {
                react.mutate(reaction);
                onDone();
              }}
            >
              {reaction}
            </Menu.Item>
          ))}
        </div>
      ) : null}
      <Menu.Item leftSection={<ReplyIcon size={18} />} onClick={() => quote(line)}>
        {actions.reply}
      </Menu.Item>
      {isOwn && scene.look === "slack" ? (
        <Menu.Item leftSection={<EditIcon size={18} />} onClick={() => edit(line)}>
          {actions.edit}
        </Menu.Item>
      ) : null}
      {isOwn ? (
        <Menu.Item leftSection={<RecallIcon size={18} />} onClick={() => recall.mutate()}>
          {actions.recall}
        </Menu.Item>
      ) : null}
    </>
  );
}

/**
 * What can be done with a line. The menu itself is made when it is first opened: a chat shows
 * hundreds of lines.
 */
export function LineActions({
  line,
  name,
}: {
  readonly line: SimulatedLine;
  readonly name: string;
}) {
  const { chat } = useTexts();
  const [isMade, setMade] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const button = (
    <button
      type="button"
      className={classes.more}
      aria-label={`${chat.actions.open}: ${name}`}
      onClick={() => {
        setMade(true);
        if (!isMade) setOpen(true);
      }}
    >
      <MoreIcon size={18} />
    </button>
  );
  if (!isMade) return button;
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-end" withinPortal shadow="md">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Items line={line} onDone={() => setOpen(false)} />
      </Menu.Dropdown>
    </Menu>
  );
}
