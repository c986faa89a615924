import { useEffect, useRef, useState } from "react";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./line.module.css";

const GATHER_MS = 1_500;

/** Tells a screen reader of new lines, several at once rather than one by one. */
export function Announcer({ lines }: { readonly lines: readonly SimulatedLine[] }) {
  const { chat } = useTexts();
  const { scene } = useScene();
  const [words, setWords] = useState("");
  const told = useRef<{ room: string; id: string | undefined }>({ room: "", id: undefined });
  const last = lines.at(-1);
  useEffect(() => {
    if (told.current.room !== scene.roomId || told.current.id === undefined) {
      told.current = { room: scene.roomId, id: last?.id };
      return;
    }
    const timer = setTimeout(() => {
      const from = lines.findIndex((line) => line.id === told.current.id);
      const fresh = lines.slice(from + 1).filter((line) => line.memberId !== scene.me.id);
      told.current = { room: scene.roomId, id: last?.id };
      const newest = fresh.at(-1);
      if (newest === undefined) return;
      const name = scene.memberById.get(newest.memberId ?? "")?.name ?? chat.bot;
      setWords(
        fresh.length === 1
          ? chat.announceOne(name, newest.text)
          : chat.announceMany(fresh.length, name, newest.text),
      );
    }, GATHER_MS);
    return () => clearTimeout(timer);
  }, [lines, last, scene, chat]);
  return (
    <div className={classes.hidden} role="status" aria-live="polite">
      {words}
    </div>
  );
}
