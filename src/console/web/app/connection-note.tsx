import { useEffect, useState } from "react";
import { useTexts } from "../shared/use-texts.js";
import { useLiveState } from "./live-provider.js";
import classes from "./shell.module.css";

const PATIENCE_MS = 2_500;

/** Says that the connection is gone, but not for a blink. */
export function ConnectionNote() {
  const { live } = useTexts().shell;
  const isLost = useLiveState() === "lost";
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(isLost), isLost ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [isLost]);
  return (
    <div role="status" className={classes.noteRoom}>
      {isShown ? <p className={classes.note}>{live.lost}</p> : null}
    </div>
  );
}
