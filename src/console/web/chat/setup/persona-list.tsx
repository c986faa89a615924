import { useState } from "react";
import type { SimulatedMember } from "#src/console/contract/simulator.js";
import { Avatar } from "../../shared/avatar.js";
import { useLanguage, useTexts } from "../../shared/use-texts.js";
import { directRoomOf } from "../stage/scene.js";
import { useScene } from "../stage/scene-context.js";
import { useUnread } from "../stage/unread.js";
import classes from "./setup.module.css";

const SHOWN = 4;

/** The first few, with whoever one is among them, and somebody of the staff. */
function shortList(members: readonly SimulatedMember[], me: SimulatedMember) {
  const short = members.slice(0, SHOWN - 1);
  const staff = members.find((member) => member.role !== "customer");
  for (const extra of [staff, me]) {
    if (extra !== undefined && !short.includes(extra)) short.push(extra);
  }
  return short;
}

function Persona({
  member,
  hasMail,
  onChosen,
}: {
  readonly member: SimulatedMember;
  readonly hasMail: boolean;
  readonly onChosen: () => void;
}) {
  const language = useLanguage();
  const { chat } = useTexts();
  const { scene, playAs } = useScene();
  return (
    <li>
      <button
        type="button"
        className={classes.row}
        aria-current={member.id === scene.me.id ? "true" : undefined}
        onClick={() => {
          playAs(member.id);
          onChosen();
        }}
      >
        <Avatar name={member.name} colour={member.colour} size={34} />
        <span className={classes.rowText}>
          <span className={classes.rowName}>
            {member.name}
            {member.role === "customer" ? null : (
              <span className={classes.role}>{chat.roles[member.role]}</span>
            )}
          </span>
          <span className={classes.rowSub}>{member.character[language]}</span>
        </span>
        {hasMail ? <span className={classes.dot} /> : null}
      </button>
    </li>
  );
}

/** Who one is in the group, with what each is like. */
export function PersonaList({ onChosen }: { readonly onChosen: () => void }) {
  const { setup } = useTexts().chat;
  const { scene } = useScene();
  const [isWhole, setWhole] = useState(false);
  const unread = useUnread(scene.state, scene.roomId);
  const shown = isWhole ? scene.members : shortList(scene.members, scene.me);
  const rest = scene.members.length - shown.length;
  return (
    <div className={classes.part}>
      <h2 className={classes.heading}>{setup.who}</h2>
      <ul className={classes.list}>
        {shown.map((member) => (
          <Persona
            key={member.id}
            member={member}
            hasMail={(unread.get(directRoomOf(member.id)) ?? 0) > 0}
            onChosen={onChosen}
          />
        ))}
      </ul>
      {rest > 0 || isWhole ? (
        <button
          type="button"
          className={classes.more}
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? setup.fewer : setup.more(rest)}
        </button>
      ) : null}
    </div>
  );
}
