/** Colours of the card. Each text colour keeps 4.5:1 on what lies under it. */
export const INK = {
  page: "#f1f4f7",
  panel: "#ffffff",
  edge: "#e3e8ee",
  text: "#16202e",
  muted: "#566274",
  faint: "#667285",
  brand: "#0b7a6b",
  onBrand: "#ffffff",
  onBrandSoft: "#d9f2ec",
  good: "#0b7a6b",
  bad: "#b42318",
  neutral: "#566274",
  bar: "#e9a23b",
  barFirst: "#d9622b",
  barTrack: "#f1f4f7",
  tag: "#edf1f6",
  urgentBack: "#fdeceb",
  openBack: "#fff1dc",
  openText: "#8a4b00",
  workingBack: "#e4eefc",
  workingText: "#1b4f9c",
} as const;

/** Units of the card; one unit is two pixels. */
export const CARD_WIDTH = 800;
export const CARD_SCALE = 2;
/** From the edge of the card to its panels, and within a panel. */
export const MARGIN = 24;
export const PADDING = 24;
