import { Kbd, Modal } from "@mantine/core";
import { useTexts } from "../shared/use-texts.js";
import classes from "./cases.module.css";

/** The keys of this page. */
export function KeysHelp({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { cases, shell } = useTexts();
  const { keys } = cases;
  const rows = [
    ["J", keys.next],
    ["K", keys.previous],
    ["T", keys.take],
    ["N", keys.note],
    ["E", keys.resolve],
    ["Esc", keys.close],
    ["?", keys.help],
  ] as const;
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={keys.title}
      closeButtonProps={{ "aria-label": shell.close }}
      size="sm"
      centered
    >
      <dl className={classes.keys}>
        {rows.map(([key, words]) => (
          <div key={key} className={classes.key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
