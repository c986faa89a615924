import { ActionIcon, Popover } from "@mantine/core";
import { InfoIcon } from "../shared/icons.js";
import { useTexts } from "../shared/use-texts.js";

/** A small button that tells how a number is computed; works by touch and keyboard as well. */
export function Explain({ name, text }: { readonly name: string; readonly text: string }) {
  const { overview } = useTexts();
  return (
    <Popover width={290} position="bottom" withArrow shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={overview.explain(name)}>
          <InfoIcon size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={overview.explain(name)}>{text}</Popover.Dropdown>
    </Popover>
  );
}
