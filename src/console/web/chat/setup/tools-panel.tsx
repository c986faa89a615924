import { Button, Group, Menu, Modal, Progress } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { exportAddress, stage } from "../../api/stage.js";
import { liveInsights, liveLines } from "../../api/streams.js";
import { ClipIcon, DownloadIcon, ResetIcon, SurveyIcon } from "../../shared/icons.js";
import { announce } from "../../shared/problem-words.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { useChange } from "../stage/use-change.js";
import classes from "./setup.module.css";

const ReplayDialog = lazy(async () => ({
  default: (await import("./replay-dialog.js")).ReplayDialog,
}));

const QUESTIONS = ["csat", "nps", "ces"] as const;

function SurveyMenu() {
  const { tools } = useTexts().chat;
  const { scene } = useScene();
  const ask = useMutation({
    mutationFn: (question: (typeof QUESTIONS)[number]) =>
      stage.survey({ room: scene.group.id, question }),
    onSuccess: () => announce(tools.surveyAsked),
  });
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <button type="button" className={classes.toolButton} disabled={ask.isPending}>
          <SurveyIcon size={18} />
          {tools.survey}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {QUESTIONS.map((question) => (
          <Menu.Item key={question} onClick={() => ask.mutate(question)}>
            {tools.questions[question]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ResetButton() {
  const { chat, shell } = useTexts();
  const [isOpen, dialog] = useDisclosure();
  const client = useQueryClient();
  const reset = useChange(async () => {
    const state = await stage.reset();
    liveLines.clear();
    liveInsights.clear();
    await client.invalidateQueries();
    dialog.close();
    return state;
  });
  const { tools } = chat;
  return (
    <>
      <button type="button" className={classes.toolButton} onClick={dialog.open}>
        <ResetIcon size={18} />
        {tools.reset}
      </button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={tools.resetTitle}
        closeButtonProps={{ "aria-label": shell.close }}
        centered
      >
        <p>{tools.resetText}</p>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            {shell.cancel}
          </Button>
          <Button color="clay" loading={reset.isPending} onClick={() => reset.mutate(undefined)}>
            {tools.resetYes}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

function ReplayProgress() {
  const { replay } = useTexts().chat;
  const running = useScene().scene.state.replay;
  const stop = useChange(() => stage.stopReplay());
  if (running === null) return null;
  const { name, done, total } = running;
  return (
    <div className={classes.replay} role="status">
      <span>{replay.running(name)}</span>
      <Progress value={total === 0 ? 0 : (done / total) * 100} aria-label={replay.running(name)} />
      <Group justify="space-between">
        <small>{`${done} / ${total}`}</small>
        <Button size="compact-xs" variant="default" onClick={() => stop.mutate(undefined)}>
          {replay.stop}
        </Button>
      </Group>
    </div>
  );
}

/** Surveys now, replay, export, and starting over. */
export function ToolsPanel() {
  const { tools } = useTexts().chat;
  const [isOpen, dialog] = useDisclosure();
  return (
    <div className={classes.part}>
      <h2 className={classes.heading}>{tools.title}</h2>
      <ReplayProgress />
      <div className={classes.tools}>
        <SurveyMenu />
        <button type="button" className={classes.toolButton} onClick={dialog.open}>
          <ClipIcon size={18} />
          {tools.replay}
        </button>
        <a className={classes.toolButton} href={exportAddress} title={tools.exportHelp} download>
          <DownloadIcon size={18} />
          {tools.export}
        </a>
        <ResetButton />
      </div>
      <Suspense>{isOpen ? <ReplayDialog onClose={dialog.close} /> : null}</Suspense>
    </div>
  );
}
