import type { ReactNode } from "react";

/** Size in pixels; icons are decoration, their button carries the words. */
interface IconProps {
  readonly size?: number;
}

function Icon({ size = 20, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: "none" }}
    >
      {children}
    </svg>
  );
}

const drawn = (...paths: readonly string[]) =>
  function DrawnIcon({ size }: IconProps) {
    return (
      <Icon {...(size === undefined ? {} : { size })}>
        {paths.map((path) => (
          <path key={path} d={path} />
        ))}
      </Icon>
    );
  };

export const ChatIcon = drawn(
  "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4V16A2.5 2.5 0 0 1 4 13.5z",
  "M8.5 10h.01M12 10h.01M15.5 10h.01",
);
export const ChartIcon = drawn("M4 4v16h16", "M8 14l3.5-4 3 2.5L20 6");
export const InboxIcon = drawn(
  "M4 13.5l2.4-7.2A2 2 0 0 1 8.3 5h7.4a2 2 0 0 1 1.9 1.3L20 13.5",
  "M4 13.5V17a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3.5h-5l-1 2h-4l-1-2z",
);
export const GearIcon = drawn(
  "M4 7h9M17 7h3M4 17h3M11 17h9",
  "M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  "M9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
);
export const RelayIcon = drawn(
  "M4 8.5h13M13.5 5L17 8.5 13.5 12",
  "M20 15.5H7M10.5 12L7 15.5 10.5 19",
);
export const CopyIcon = drawn("M9 9h9.5v10.5H9z", "M15 9V4.5H5.5V15H9");
export const SunIcon = drawn(
  "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  "M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4",
);
export const MoonIcon = drawn("M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z");
export const AutoIcon = drawn(
  "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
  "M12 4v16",
  "M12 8h4.5M12 12h5.5M12 16h4.5",
);
export const GlobeIcon = drawn(
  "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
  "M4.5 12h15M12 4c2.2 2.2 3.2 4.9 3.2 8s-1 5.8-3.2 8c-2.2-2.2-3.2-4.9-3.2-8s1-5.8 3.2-8z",
);
export const PlayIcon = drawn("M8 5.5v13l10.5-6.5z");
export const PauseIcon = drawn("M8.5 5.5v13M15.5 5.5v13");
export const FastIcon = drawn("M4 6.5v11l7.5-5.5zM12.5 6.5v11L20 12z");
export const SendIcon = drawn("M4.5 12L20 4.5 15 20l-3.5-6.5z", "M11.5 13.5L20 4.5");
export const DiceIcon = drawn(
  "M6.5 4h11A2.5 2.5 0 0 1 20 6.5v11a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5v-11A2.5 2.5 0 0 1 6.5 4z",
  "M8.5 8.5h.01M15.5 8.5h.01M12 12h.01M8.5 15.5h.01M15.5 15.5h.01",
);
export const MoreIcon = drawn("M5.5 12h.01M12 12h.01M18.5 12h.01");
export const ReplyIcon = drawn("M10 7L5 12l5 5", "M5.5 12H13a6 6 0 0 1 6 6");
export const EditIcon = drawn(
  "M5 19l.8-3.8L15.5 5.5a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L8.8 18.2z",
);
export const RecallIcon = drawn("M5 8h9a5 5 0 0 1 0 10H9", "M8.5 4.5L5 8l3.5 3.5");
export const DownIcon = drawn("M6 9.5l6 6 6-6");
export const UpIcon = drawn("M6 14.5l6-6 6 6");
export const CheckIcon = drawn("M5 12.5l4.5 4.5L19 7.5");
export const CloseIcon = drawn("M6.5 6.5l11 11M17.5 6.5l-11 11");
export const LockIcon = drawn(
  "M7 11h10a1.5 1.5 0 0 1 1.5 1.5v6A1.5 1.5 0 0 1 17 20H7a1.5 1.5 0 0 1-1.5-1.5v-6A1.5 1.5 0 0 1 7 11z",
  "M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
);
export const ClipIcon = drawn(
  "M6 4h8l4 4v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z",
  "M14 4v4h4M8 12h6M8 15.5h4",
);
export const DownloadIcon = drawn("M12 4v11M7.5 10.5L12 15l4.5-4.5M5 19.5h14");
export const ResetIcon = drawn("M5 12a7 7 0 1 0 2.3-5.2", "M5 4.5v4h4");
export const AskIcon = drawn(
  "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
  "M9.7 9.5a2.4 2.4 0 1 1 3.3 2.2c-.6.3-1 .8-1 1.5v.3M12 16.5h.01",
);
export const InfoIcon = drawn("M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z", "M12 11v5M12 8h.01");
export const SurveyIcon = drawn("M5 5h14M5 12h14M5 19h9", "M5 5h.01");
export const AlertIcon = drawn("M12 4.5l8.5 14.5h-17z", "M12 10v4M12 16.5h.01");
export const KeyboardIcon = drawn(
  "M5 7h14a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2z",
  "M7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8 14h8",
);
export const HashIcon = drawn("M9.5 5L8 19M16 5l-1.5 14M5 9.5h14.5M4.5 14.5H19");
export const ZoomIcon = drawn(
  "M10.5 16a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z",
  "M14.7 14.7L19 19M10.5 8.5v4M8.5 10.5h4",
);
export const EyeIcon = drawn(
  "M3.5 12S6.5 6.5 12 6.5 20.5 12 20.5 12 17.5 17.5 12 17.5 3.5 12 3.5 12z",
  "M12 14.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
);
