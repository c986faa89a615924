import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { cx } from "../../shared/cx.js";
import { CheckIcon, DownIcon, UpIcon } from "../../shared/icons.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./feed.module.css";

const ITEMS = ["complained", "voted", "digest", "console"] as const;

/** The first minute: four things to try, ticked by the world itself. */
export function Checklist() {
  const { checklist: words } = useTexts().chat;
  const { checklist } = useScene().scene.state;
  const done = ITEMS.filter((item) => checklist[item]).length;
  const [isOpen, setOpen] = useState(done < ITEMS.length);
  return (
    <section className={classes.checklist} aria-label={words.title}>
      <button
        type="button"
        className={classes.checkHead}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <strong>{words.title}</strong>
        <span className={classes.dim}>{words.progress(done)}</span>
        {isOpen ? <UpIcon size={18} /> : <DownIcon size={18} />}
      </button>
      {isOpen ? (
        <>
          <ol className={classes.checks}>
            {ITEMS.map((item, index) => (
              <li key={item} className={cx(classes.check, checklist[item] && classes.checked)}>
                <span className={classes.tick} aria-hidden="true">
                  {checklist[item] ? <CheckIcon size={14} /> : index + 1}
                </span>
                <span>
                  {item === "console" && !checklist[item] ? (
                    <Link to="/overview">{words.items[item]}</Link>
                  ) : (
                    words.items[item]
                  )}
                  {checklist[item] ? (
                    <span className={classes.hidden}>{` (${words.done})`}</span>
                  ) : null}
                </span>
              </li>
            ))}
          </ol>
          <p className={classes.nextSteps}>
            {words.next}{" "}
            <Link to="/settings" hash="connect">
              {words.slack}
            </Link>
            {" · "}
            <Link to="/settings" hash="connect">
              {words.wechat}
            </Link>
          </p>
        </>
      ) : null}
    </section>
  );
}
