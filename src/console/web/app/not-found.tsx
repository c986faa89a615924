import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { AskIcon } from "../shared/icons.js";
import { EmptyState } from "../shared/states.js";
import { useTexts } from "../shared/use-texts.js";

/** Shown for an address that leads nowhere. */
export function NotFound() {
  const { notFound } = useTexts().shell;
  return (
    <EmptyState title={notFound.title} hint={notFound.hint} icon={<AskIcon size={26} />}>
      <Button renderRoot={(props) => <Link to="/" {...props} />}>{notFound.home}</Button>
    </EmptyState>
  );
}
