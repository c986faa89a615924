import { memo } from "react";
import type { SimulatedLine, SimulatedMember } from "#src/console/contract/simulator.js";
import { Avatar } from "../../shared/avatar.js";
import { cx } from "../../shared/cx.js";
import { clockTime } from "../../shared/format.js";
import { LockIcon } from "../../shared/icons.js";
import { useLanguage, useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./line.module.css";
import { LineActions } from "./line-actions.js";
import { LineBody } from "./line-body.js";
import { Reactions } from "./reactions.js";

const UNKNOWN_COLOUR = 7;

function RecalledLine({ line, member }: { readonly line: SimulatedLine; readonly member: string }) {
  const { chat } = useTexts();
  const { scene } = useScene();
  return (
    <div className={classes.recalled} id={`line-${line.id}`}>
      {line.memberId === scene.me.id ? chat.recalledOwn : chat.recalled(member)}
    </div>
  );
}

function Head({
  line,
  member,
}: {
  readonly line: SimulatedLine;
  readonly member: SimulatedMember | undefined;
}) {
  const language = useLanguage();
  const { chat } = useTexts();
  const { scene } = useScene();
  const isBot = line.memberId === null;
  return (
    <div className={classes.head}>
      <span className={classes.name}>{isBot ? chat.bot : (member?.name ?? "?")}</span>
      {isBot ? <span className={classes.tag}>{chat.botTag}</span> : null}
      {member !== undefined && member.role !== "customer" ? (
        <span className={classes.tag}>{chat.roles[member.role]}</span>
      ) : null}
      {scene.look === "slack" ? (
        <time className={classes.at} dateTime={new Date(line.at).toISOString()}>
          {clockTime(line.at, { language, timeZone: scene.timeZone })}
        </time>
      ) : null}
    </div>
  );
}

function Speaker({
  line,
  member,
  name,
}: {
  readonly line: SimulatedLine;
  readonly member: SimulatedMember | undefined;
  readonly name: string;
}) {
  const colour = line.memberId === null ? null : (member?.colour ?? UNKNOWN_COLOUR);
  return <Avatar name={name} colour={colour} size={38} />;
}

function PrivateNote() {
  const { chat } = useTexts();
  return (
    <p className={classes.onlyYou}>
      <LockIcon size={14} />
      {chat.onlyYou}
    </p>
  );
}

function useSpeaker(line: SimulatedLine) {
  const { chat } = useTexts();
  const { scene } = useScene();
  if (line.memberId === null) return { member: undefined, name: chat.bot };
  const member = scene.memberById.get(line.memberId);
  return { member, name: member?.name ?? "?" };
}

/** One line of the chat in the look of its room. */
export const LineItem = memo(function LineItem({
  line,
  follows,
}: {
  readonly line: SimulatedLine;
  readonly follows: boolean;
}) {
  const { scene, focusedLine } = useScene();
  const { member, name } = useSpeaker(line);
  if (line.recalled) return <RecalledLine line={line} member={name} />;
  const isWechat = scene.look === "wechat";
  const isOwn = isWechat && line.memberId === scene.me.id;
  const isCompact = follows && !isWechat;
  const isPrivate = line.onlyFor !== null;
  const looks = cx(
    classes.line,
    isOwn && classes.own,
    isCompact && classes.compact,
    isPrivate && classes.private,
    focusedLine === line.id && classes.glow,
  );
  return (
    <article id={`line-${line.id}`} tabIndex={-1} className={looks} aria-label={name}>
      <div className={classes.side}>
        {isCompact ? null : <Speaker line={line} member={member} name={name} />}
      </div>
      <div className={classes.content}>
        {isPrivate ? <PrivateNote /> : null}
        {isCompact || isOwn ? null : <Head line={line} member={member} />}
        <LineBody line={line} />
        <Reactions line={line} />
      </div>
      <LineActions line={line} name={name} />
    </article>
  );
});
