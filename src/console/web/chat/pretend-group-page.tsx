import { SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { type HeardState, useSimulator } from "../api/stage.js";
import { EmptyState, ErrorState, PageLoader } from "../shared/states.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import { Conversation } from "./conversation.js";
import { FeedColumn } from "./feed/feed-column.js";
import classes from "./pretend-group-page.module.css";
import { Seeding } from "./seeding.js";
import { SetupColumn } from "./setup/setup-column.js";
import { type Scene, sceneOf } from "./stage/scene.js";
import { SceneContext } from "./stage/scene-context.js";
import { useSceneControls } from "./stage/use-scene-controls.js";

const route = getRouteApi("/chat");
const PHONE = "(max-width: 760px)";
const TABLET = "(max-width: 1120px)";
type Pane = "setup" | "chat" | "feed";

function PaneSwitch({
  pane,
  panes,
  onChange,
}: {
  readonly pane: Pane;
  readonly panes: readonly Pane[];
  readonly onChange: (pane: Pane) => void;
}) {
  const { chat } = useTexts();
  return (
    <SegmentedControl
      className={classes.panes ?? ""}
      fullWidth
      aria-label={chat.setup.title}
      value={pane}
      onChange={(value) => onChange(value)}
      data={panes.map((value) => ({ value, label: chat.panes[value] }))}
    />
  );
}

/** Three columns; a tablet shows two of them, a phone one, with a switch above. */
function Stage({ scene, heard }: { readonly scene: Scene; readonly heard: HeardState }) {
  const controls = useSceneControls(scene);
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const isTablet = useMediaQuery(TABLET, false, { getInitialValueInEffect: false });
  const [pane, setPane] = useState<Pane>("chat");
  const panes: readonly Pane[] = ["setup", "chat", "feed"];
  const shows = (which: Pane): boolean => {
    if (!isTablet) return true;
    if (isPhone) return pane === which;
    return which === "chat" || (pane === "feed" ? which === "feed" : which === "setup");
  };
  return (
    <SceneContext value={controls}>
      <div className={classes.page}>
        {isTablet ? (
          <PaneSwitch
            pane={!isPhone && pane === "chat" ? "setup" : pane}
            panes={isPhone ? panes : ["setup", "feed"]}
            onChange={setPane}
          />
        ) : null}
        <div className={classes.columns}>
          {shows("setup") ? <SetupColumn heard={heard} onChosen={() => setPane("chat")} /> : null}
          {shows("chat") ? <Conversation /> : null}
          {shows("feed") ? <FeedColumn onShowLine={() => setPane("chat")} /> : null}
        </div>
      </div>
    </SceneContext>
  );
}

/** The pretend group: a chat to complain, vote and look into, with nothing real behind it. */
export function PretendGroupPage() {
  const simulator = useSimulator();
  const search = route.useSearch();
  const language = useLanguage();
  const { chat } = useTexts();
  const state = simulator.data?.state;
  const scene = useMemo(
    () => (state === undefined ? null : sceneOf(state, search, language)),
    [state, search, language],
  );
  if (simulator.isError) {
    return <ErrorState error={simulator.error} onRetry={() => void simulator.refetch()} />;
  }
  if (simulator.data === undefined) return <PageLoader />;
  if (simulator.data.state.seeding !== null) return <Seeding {...simulator.data.state.seeding} />;
  if (scene === null) return <EmptyState title={chat.empty.title} hint={chat.empty.hint} />;
  return <Stage scene={scene} heard={simulator.data} />;
}
