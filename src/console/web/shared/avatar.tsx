import classes from "./avatar.module.css";
import { BotMark } from "./bot-mark.js";
import { cx } from "./cx.js";

const COLOURS = 8;

/** The sign that stands for a name: a Chinese one by its first character, others by a letter. */
function initialOf(name: string): string {
  const first = [...name.replace(/^[\d#\s（(]{1,8}/u, "")][0] ?? [...name][0] ?? "?";
  return first.toUpperCase();
}

/** A member's square. `colour` is one of the eight of the page; null: the bot. */
export function Avatar({
  name,
  colour,
  size = 36,
  round = false,
}: {
  readonly name: string;
  readonly colour: number | null;
  readonly size?: number;
  readonly round?: boolean;
}) {
  const tone = colour === null ? classes.bot : classes[`c${Math.abs(colour) % COLOURS}`];
  return (
    <span
      className={cx(classes.avatar, round && classes.round, tone)}
      style={{ width: size, height: size, fontSize: size * 0.44 }}
      aria-hidden="true"
    >
      {colour === null ? <BotMark size={size * 0.62} /> : initialOf(name)}
    </span>
  );
}
