import { clockTime, dayName, isoDay, shiftDay } from "../../shared/format.js";
import { useLanguage, useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./line.module.css";

/** A new day, or the time after a pause. */
export function DayMark({ at, withDay }: { readonly at: number; readonly withDay: boolean }) {
  const language = useLanguage();
  const { chat } = useTexts();
  const { scene } = useScene();
  const place = { language, timeZone: scene.timeZone };
  const day = isoDay(at, scene.timeZone);
  const today = isoDay(scene.state.now, scene.timeZone);
  const dayWords =
    day === today ? chat.today : day === shiftDay(today, -1) ? chat.yesterday : dayName(at, place);
  const time = clockTime(at, place);
  const words = withDay ? (scene.look === "wechat" ? `${dayWords} ${time}` : dayWords) : time;
  return (
    <div className={withDay ? classes.day : classes.pause}>
      <time dateTime={new Date(at).toISOString()}>{words}</time>
    </div>
  );
}
