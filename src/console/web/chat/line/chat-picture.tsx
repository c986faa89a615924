import { useDisclosure } from "@mantine/hooks";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { PictureDialog } from "../../shared/picture-dialog.js";
import { useTexts } from "../../shared/use-texts.js";
import classes from "./line.module.css";

const SMALL_WIDTH = 290;

/** A picture in the chat; a press opens it large. */
export function ChatPicture({
  picture,
}: {
  readonly picture: NonNullable<SimulatedLine["picture"]>;
}) {
  const { chat } = useTexts();
  const [isOpen, dialog] = useDisclosure();
  const { url, width, height, alt } = picture;
  return (
    <>
      <button
        type="button"
        className={classes.picture}
        aria-label={`${chat.openPicture}: ${alt}`}
        onClick={dialog.open}
      >
        <img
          src={url}
          alt={alt}
          width={SMALL_WIDTH}
          height={Math.round((SMALL_WIDTH / width) * height)}
          loading="lazy"
        />
      </button>
      {isOpen ? (
        <PictureDialog picture={picture} title={chat.picture} onClose={dialog.close} />
      ) : null}
    </>
  );
}
