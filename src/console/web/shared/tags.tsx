import { cx } from "./cx.js";
import classes from "./tags.module.css";
import { useCaseWords, useTexts } from "./use-texts.js";

/** What a complaint is about, as small labels. */
export function AspectTags({ aspects }: { readonly aspects: readonly string[] }) {
  const words = useCaseWords();
  return (
    <>
      {aspects.map((aspect) => (
        <span key={aspect} className={classes.tag}>
          {words.aspect(aspect)}
        </span>
      ))}
    </>
  );
}

/** How grave it is: a colour, a sign and a word. */
export function SeverityTag({ severity }: { readonly severity: "P1" | "P2" | "P3" }) {
  const { cases } = useTexts();
  return (
    <span className={cx(classes.tag, classes[severity.toLowerCase()])}>
      {`${severity} ${cases.severity[severity]}`}
    </span>
  );
}

/** Where a case stands. */
export function StateTag({ state }: { readonly state: string }) {
  const words = useCaseWords();
  const tone = ["resolved", "told", "closed"].includes(state)
    ? classes.good
    : state === "dismissed"
      ? classes.calm
      : classes.busy;
  return <span className={cx(classes.tag, tone)}>{words.state(state)}</span>;
}
