import { Button, Modal } from "@mantine/core";
import { DownloadIcon } from "./icons.js";
import classes from "./picture-dialog.module.css";
import { useTexts } from "./use-texts.js";

/** A picture as large as the window allows, with a way to keep it. */
export function PictureDialog({
  picture,
  title,
  onClose,
}: {
  readonly picture: { readonly url: string; readonly alt: string };
  readonly title: string;
  readonly onClose: () => void;
}) {
  const { chat, shell } = useTexts();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={860}
      closeButtonProps={{ "aria-label": shell.close }}
    >
      <img className={classes.picture} src={picture.url} alt={picture.alt} />
      <Button
        component="a"
        href={picture.url}
        download="huiyin-digest.png"
        variant="light"
        mt="md"
        leftSection={<DownloadIcon size={18} />}
      >
        {chat.savePicture}
      </Button>
    </Modal>
  );
}
