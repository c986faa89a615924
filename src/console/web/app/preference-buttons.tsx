import { useMantineColorScheme } from "@mantine/core";
import { AutoIcon, GlobeIcon, MoonIcon, SunIcon } from "../shared/icons.js";
import { chooseLanguage } from "../shared/preferences.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./shell.module.css";

/** Switches to the other language; the button is written in that one. */
export function LanguageButton() {
  const language = useLanguage();
  const { shell } = useTexts();
  return (
    <button
      type="button"
      className={classes.tool}
      lang={language === "zh" ? "en" : "zh-CN"}
      onClick={() => chooseLanguage(language === "zh" ? "en" : "zh")}
    >
      <GlobeIcon size={20} />
      <span className={classes.label}>{shell.otherLanguage}</span>
    </button>
  );
}

const NEXT = { auto: "light", light: "dark", dark: "auto" } as const;
const ICONS = { auto: AutoIcon, light: SunIcon, dark: MoonIcon };

/** Goes round light, dark and like the system. */
export function ThemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { shell } = useTexts();
  const Icon = ICONS[colorScheme];
  return (
    <button
      type="button"
      className={classes.tool}
      aria-label={`${shell.theme}: ${shell.themes[colorScheme]}`}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <Icon size={20} />
      <span className={classes.label}>{shell.themes[colorScheme]}</span>
    </button>
  );
}
