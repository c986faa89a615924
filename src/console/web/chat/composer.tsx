import { ActionIcon, Button, Menu, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { consoleTexts } from "#src/i18n/console.js";
import { stage } from "../api/stage.js";
import { Avatar } from "../shared/avatar.js";
import { CloseIcon, DiceIcon, SendIcon } from "../shared/icons.js";
import { useTexts } from "../shared/use-texts.js";
import classes from "./conversation.module.css";
import { withFaces } from "./line/chat-words.js";
import { useScene } from "./stage/scene-context.js";

const LONGEST = 20_000;

/** Sends what was written: a new line, or the new words of an old one. */
function useSend() {
  const { scene, quoted, quote, edited, edit, setDraft } = useScene();
  return useMutation({
    mutationFn: async (text: string) => {
      if (edited !== null) {
        await stage.edit(edited.id, { memberId: scene.me.id, text });
        return;
      }
      await stage.say({
        room: scene.roomId,
        memberId: scene.me.id,
        text,
        ...(quoted === null ? {} : { quote: quoted.id }),
      });
    },
    onMutate: () => setDraft(""),
    onSuccess: () => (edited === null ? quote(null) : edit(null)),
    onError: (_error, text) => setDraft(text),
  });
}

function Attachment() {
  const { chat } = useTexts();
  const { scene, quoted, quote, edited, edit } = useScene();
  if (quoted === null && edited === null) return null;
  const name =
    quoted === null || quoted.memberId === null
      ? chat.bot
      : (scene.memberById.get(quoted.memberId)?.name ?? "?");
  return (
    <div className={classes.attachment}>
      <span className={classes.attached}>
        <strong>{edited === null ? chat.composer.replying(name) : chat.composer.editing}</strong>{" "}
        {withFaces((quoted ?? edited)?.text ?? "")}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={edited === null ? chat.composer.stopReply : chat.composer.stopEdit}
        onClick={() => (edited === null ? quote(null) : edit(null))}
      >
        <CloseIcon size={16} />
      </ActionIcon>
    </div>
  );
}

function Examples({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const { chat } = useTexts();
  const { scene } = useScene();
  const { examples } = consoleTexts[scene.group.language].chat;
  return (
    <Menu position="top-start" withinPortal shadow="md" width={340}>
      <Menu.Target>
        <ActionIcon variant="subtle" size={36} aria-label={chat.composer.examples}>
          <DiceIcon size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(["complaint", "other"] as const).map((kind) => (
          <div key={kind}>
            <Menu.Label>{chat.examples.names[kind]}</Menu.Label>
            {examples[kind].map((text) => (
              <Menu.Item key={text} onClick={() => onChoose(text)}>
                {text}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where one writes as whoever one is. Enter sends, but not while an input method is composing. */
export function Composer() {
  const { chat } = useTexts();
  const { scene, draft, setDraft, quoted, edited } = useScene();
  const field = useRef<HTMLTextAreaElement>(null);
  const send = useSend();
  const text = draft.trim();
  const isTooLong = draft.length > LONGEST;
  const submit = (): void => {
    if (text !== "" && !isTooLong && !send.isPending) send.mutate(text);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  useEffect(() => {
    if (quoted !== null || edited !== null) field.current?.focus();
  }, [quoted, edited]);
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Attachment />
      <div className={classes.writing}>
        <Avatar name={scene.me.name} colour={scene.me.colour} size={32} />
        <Textarea
          ref={field}
          className={classes.field ?? ""}
          classNames={{ input: classes.input ?? "" }}
          variant="unstyled"
          autosize
          minRows={1}
          maxRows={6}
          aria-label={chat.composer.label}
          placeholder={chat.composer.placeholder(scene.me.name)}
          enterKeyHint="send"
          value={draft}
          error={isTooLong ? chat.composer.tooLong : null}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <Examples
          onChoose={(example) => {
            setDraft(example);
            field.current?.focus();
          }}
        />
        <Button
          type="submit"
          radius="xl"
          disabled={text === "" || isTooLong}
          loading={send.isPending}
          aria-label={chat.composer.send}
          title={chat.composer.hint}
          px={14}
        >
          <span className={classes.sendWord}>{chat.composer.send}</span>
          <SendIcon size={17} />
        </Button>
      </div>
    </form>
  );
}
