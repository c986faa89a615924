import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { consoleTexts } from "#src/i18n/console.js";
import { stage } from "../api/stage.js";
import { cx } from "../shared/cx.js";
import { ChartIcon, ChatIcon, CloseIcon, MoonIcon, SurveyIcon } from "../shared/icons.js";
import { useTexts } from "../shared/use-texts.js";
import classes from "./conversation.module.css";
import { useScene } from "./stage/scene-context.js";
import { useChange } from "./stage/use-change.js";

const FRESH_MS = 36 * 3_600_000;

/** The survey that can still be answered, as far as the page can tell. */
function freshSurvey(lines: readonly SimulatedLine[], now: number): SimulatedLine | undefined {
  return lines.findLast(
    (line) => line.kind === "survey" && line.memberId === null && now - line.at < FRESH_MS,
  );
}

function useComplain() {
  const { scene, playAs } = useScene();
  const speaker =
    scene.me.role === "customer"
      ? scene.me
      : (scene.members.find((member) => member.role === "customer") ?? scene.me);
  const { complaint } = consoleTexts[scene.group.language].chat.examples;
  const say = useMutation({
    mutationFn: async () => {
      if (speaker.id !== scene.me.id) playAs(speaker.id);
      await stage.say({
        room: scene.group.id,
        memberId: speaker.id,
        text: complaint[0] ?? "",
      });
    },
  });
  return { speaker, say };
}

function VoteHints({ survey }: { readonly survey: SimulatedLine | undefined }) {
  const { chat } = useTexts();
  const { scene, focusLine } = useScene();
  const ask = useMutation({
    mutationFn: () => stage.survey({ room: scene.group.id, question: "csat" }),
  });
  const vote = useMutation({
    mutationFn: (points: string) =>
      stage.say({ room: scene.group.id, memberId: scene.me.id, text: points }),
  });
  if (survey === undefined) {
    return (
      <button type="button" className={classes.hint} onClick={() => ask.mutate()}>
        <SurveyIcon size={17} />
        {chat.hints.voteNow}
      </button>
    );
  }
  if (survey.choices.length > 0) {
    return (
      <button type="button" className={classes.hint} onClick={() => focusLine(survey.id)}>
        <SurveyIcon size={17} />
        {chat.hints.vote}
      </button>
    );
  }
  return (
    <span className={classes.votes} role="group" aria-label={chat.hints.vote}>
      <span className={classes.votesLabel}>{chat.hints.vote}</span>
      {["5", "4", "2"].map((points) => (
        <button
          key={points}
          type="button"
          className={classes.points}
          disabled={vote.isPending}
          onClick={() => vote.mutate(points)}
        >
          {points}
        </button>
      ))}
    </span>
  );
}

/** Leads through the first minute: what has not been tried yet, one tap each. */
export function HintBar({ lines }: { readonly lines: readonly SimulatedLine[] }) {
  const { chat } = useTexts();
  const { scene } = useScene();
  const [isHidden, setHidden] = useState(false);
  const { checklist, now } = scene.state;
  const { speaker, say } = useComplain();
  const jump = useChange(() => stage.clock({ jump: "digest" }));
  if (isHidden || scene.isDirect || scene.group.purpose === "staff") return null;
  const isDone = Object.values(checklist).every(Boolean);
  return (
    <div className={classes.hintRow}>
      <div className={classes.hints}>
        {checklist.complained ? null : (
          <button
            type="button"
            className={cx(classes.hint, classes.first)}
            disabled={say.isPending}
            onClick={() => say.mutate()}
          >
            <ChatIcon size={17} />
            {chat.hints.complain(speaker.name)}
          </button>
        )}
        {checklist.voted ? null : <VoteHints survey={freshSurvey(lines, now)} />}
        {checklist.digest ? null : (
          <button
            type="button"
            className={classes.hint}
            disabled={jump.isPending}
            onClick={() => jump.mutate(undefined)}
          >
            <MoonIcon size={17} />
            {chat.hints.digest}
          </button>
        )}
        {checklist.console ? null : (
          <Link to="/overview" className={classes.hint}>
            <ChartIcon size={17} />
            {chat.hints.console}
          </Link>
        )}
        {isDone ? (
          <Link to="/settings" hash="connect" className={classes.hint}>
            {chat.hints.done}
          </Link>
        ) : null}
      </div>
      <button
        type="button"
        className={classes.hideHints}
        aria-label={chat.hints.dismiss}
        onClick={() => setHidden(true)}
      >
        <CloseIcon size={16} />
      </button>
    </div>
  );
}
