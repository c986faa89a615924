import { Button } from "@mantine/core";
import { AlertIcon } from "../shared/icons.js";
import { EmptyState } from "../shared/states.js";
import { useTexts } from "../shared/use-texts.js";

/** Shown when a page breaks by a fault of its own. */
export function Crash() {
  const { crash } = useTexts().shell;
  return (
    <EmptyState title={crash.title} hint={crash.hint} icon={<AlertIcon size={26} />}>
      <Button onClick={() => location.reload()}>{crash.reload}</Button>
    </EmptyState>
  );
}
