import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const jade: MantineColorsTuple = [
  "#e9f6f0",
  "#d2ecdf",
  "#a9dac4",
  "#78c6a6",
  "#4db48a",
  "#2fa577",
  "#1c8c64",
  "#127a57",
  "#0b6b4c",
  "#066149",
];

const clay: MantineColorsTuple = [
  "#fdf1ea",
  "#fae0d1",
  "#f4bfa1",
  "#ee9b6d",
  "#e87d43",
  "#d9652a",
  "#bf5420",
  "#a44519",
  "#8f3a13",
  "#7c2d12",
];

const stone: MantineColorsTuple = [
  "#faf9f6",
  "#f4f2ed",
  "#e9e6df",
  "#dcd8cf",
  "#c6c1b6",
  "#a39d91",
  "#79746a",
  "#5c584f",
  "#403d37",
  "#26241f",
];

const night: MantineColorsTuple = [
  "#e4e8e5",
  "#bfc7c2",
  "#a3ada7",
  "#7c8781",
  "#4c5652",
  "#39423e",
  "#2a322e",
  "#1f2623",
  "#181e1b",
  "#121614",
];

/** Light variants put shade 9 (dark: 2) on their tint: 4.5 : 1 and more in both schemes. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  const name = input.color ?? input.theme.primaryColor;
  const known = name in input.theme.colors;
  if (!known || (input.variant !== "light" && input.variant !== "subtle")) return colours;
  const shade = (step: number): string => `var(--mantine-color-${name}-${step})`;
  return { ...colours, color: `light-dark(${shade(9)}, ${shade(2)})` };
};

/** Colours, type and shapes of the pages; contrast is fixed here once for all components. */
export const theme = createTheme({
  colors: { jade, clay, gray: stone, dark: night },
  primaryColor: "jade",
  primaryShade: { light: 9, dark: 8 },
  fontFamily: "var(--hy-font)",
  fontFamilyMonospace: "var(--hy-mono)",
  headings: { fontFamily: "var(--hy-font)", fontWeight: "650" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "10px", lg: "14px", xl: "20px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  variantColorResolver,
});

/** Dimmed and placeholder text dark enough to be read. */
export const cssVariablesResolver: CSSVariablesResolver = (mantine) => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f6f4ef",
    "--mantine-color-text": "#23211d",
    "--mantine-color-dimmed": mantine.colors.gray[7],
    "--mantine-color-placeholder": mantine.colors.gray[7],
    "--mantine-color-anchor": mantine.colors.jade?.[9] ?? "inherit",
    "--mantine-color-error": "#b3261e",
  },
  dark: {
    "--mantine-color-body": "#121614",
    "--mantine-color-text": "#e9ece9",
    "--mantine-color-dimmed": mantine.colors.dark[1],
    "--mantine-color-placeholder": mantine.colors.dark[1],
    "--mantine-color-anchor": "#7fd3b1",
    "--mantine-color-error": "#ffb4a8",
  },
});
