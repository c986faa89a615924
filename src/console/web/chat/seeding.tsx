import { Progress } from "@mantine/core";
import { ChatIcon } from "../shared/icons.js";
import { EmptyState } from "../shared/states.js";
import { useTexts } from "../shared/use-texts.js";
import classes from "./pretend-group-page.module.css";

/** Shown while the weeks before today are being played. */
export function Seeding({ done, total }: { readonly done: number; readonly total: number }) {
  const { seeding } = useTexts().chat;
  const share = total === 0 ? 0 : (done / total) * 100;
  return (
    <div className={classes.seeding}>
      <EmptyState title={seeding.title} hint={seeding.hint} icon={<ChatIcon size={26} />}>
        <Progress w="min(360px, 80vw)" value={share} aria-label={seeding.title} animated />
        <small>{seeding.progress(done, total)}</small>
      </EmptyState>
    </div>
  );
}
