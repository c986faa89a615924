import { Button, Modal, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { RelayGroup } from "#src/console/contract/relay.js";
import { useCreateGroup } from "../api/relay.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./relay.module.css";

/** Asks for what a relay group needs: its name, its language and who runs the shop. */
export function NewGroup({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (group: RelayGroup) => void;
}) {
  const { relay, shell } = useTexts();
  const { create } = relay;
  const pageLanguage = useLanguage();
  const [name, setName] = useState("");
  const [language, setLanguage] = useState<"zh" | "en">(pageLanguage);
  const [staff, setStaff] = useState("");
  const making = useCreateGroup();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    making.mutate({ name, language, staff: namesIn(staff) }, { onSuccess: onMade });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={create.title}
      closeButtonProps={{ "aria-label": shell.close }}
    >
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label={create.name}
          placeholder={create.namePlaceholder}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={80}
          required
          data-autofocus
        />
        <div>
          <p className={classes.label} id="relay-language">
            {create.language}
          </p>
          <SegmentedControl
            aria-labelledby="relay-language"
            value={language}
            onChange={(next) => setLanguage(next === "en" ? "en" : "zh")}
            data={[
              { value: "zh", label: "中文" },
              { value: "en", label: "English" },
            ]}
          />
        </div>
        <Textarea
          label={create.staff}
          description={create.staffHint}
          value={staff}
          onChange={(event) => setStaff(event.currentTarget.value)}
          autosize
          minRows={2}
        />
        <Button type="submit" loading={making.isPending} disabled={name.trim() === ""}>
          {create.submit}
        </Button>
      </form>
    </Modal>
  );
}

function namesIn(text: string): string[] {
  const names = text.split(/[,，、;；\n]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
