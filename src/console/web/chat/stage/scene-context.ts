import { createContext, useContext } from "react";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import type { Scene } from "./scene.js";

/** The scene and how to move in it. */
export interface SceneControls {
  readonly scene: Scene;
  readonly enterRoom: (roomId: string) => void;
  readonly playAs: (memberId: string) => void;
  /** The line that the next one quotes. */
  readonly quoted: SimulatedLine | null;
  readonly quote: (line: SimulatedLine | null) => void;
  /** The own line that is being rewritten. */
  readonly edited: SimulatedLine | null;
  readonly edit: (line: SimulatedLine | null) => void;
  /** Puts a text into the message field. */
  readonly draft: string;
  readonly setDraft: (text: string) => void;
  /** The line to scroll to and to show for a moment. */
  readonly focusLine: (lineId: string) => void;
  readonly focusedLine: string | null;
}

export const SceneContext = createContext<SceneControls | null>(null);

/** The scene on show. Only inside the pretend group's page. */
export function useScene(): SceneControls {
  const controls = useContext(SceneContext);
  if (controls === null) throw new Error("There is no scene around this component.");
  return controls;
}
