import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { chooseLanguage } from "../shared/preferences.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import { Section } from "./section.js";
import classes from "./settings.module.css";

const SCHEMES: readonly MantineColorScheme[] = ["light", "dark", "auto"];

/** Language and colours of this browser. */
export function AppearanceSection() {
  const { settings, shell } = useTexts();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { appearance } = settings;
  return (
    <Section id="appearance" title={appearance.title}>
      <div className={classes.choice}>
        <span>{appearance.language}</span>
        <SegmentedControl
          aria-label={appearance.language}
          value={language}
          onChange={(value) => chooseLanguage(value)}
          data={[
            { value: "zh", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
      </div>
      <div className={classes.choice}>
        <span>{appearance.theme}</span>
        <SegmentedControl
          aria-label={appearance.theme}
          value={colorScheme}
          onChange={(value) => setColorScheme(value)}
          data={SCHEMES.map((value) => ({ value, label: shell.themes[value] }))}
        />
      </div>
    </Section>
  );
}
