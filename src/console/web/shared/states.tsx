import { Button, Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { AlertIcon } from "./icons.js";
import { problemWords } from "./problem-words.js";
import classes from "./states.module.css";
import { useTexts } from "./use-texts.js";

/** Nothing to show: says why, and what to do next. */
export function EmptyState({
  title,
  hint,
  icon,
  children,
}: {
  readonly title: string;
  readonly hint: string;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className={classes.state}>
      {icon === undefined ? null : <div className={classes.icon}>{icon}</div>}
      <p className={classes.title}>{title}</p>
      <p className={classes.hint}>{hint}</p>
      {children}
    </div>
  );
}

/** A part that could not be read, in words, with another try. */
export function ErrorState({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  const { shell } = useTexts();
  return (
    <div className={classes.state} role="alert">
      <div className={classes.icon}>
        <AlertIcon size={26} />
      </div>
      <p className={classes.title}>{shell.problems.title}</p>
      <p className={classes.hint}>{problemWords(error)}</p>
      <Button variant="default" onClick={onRetry}>
        {shell.retry}
      </Button>
    </div>
  );
}

/** A whole page that is on its way. */
export function PageLoader() {
  const { shell } = useTexts();
  return (
    <div className={classes.state} role="status" aria-label={shell.loading}>
      <Loader type="dots" color="jade" />
    </div>
  );
}
