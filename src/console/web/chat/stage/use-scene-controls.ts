import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { directRoomOf, type Scene } from "./scene.js";
import type { SceneControls } from "./scene-context.js";

const GLOW_MS = 2_200;

function useMoves(scene: Scene) {
  const navigate = useNavigate();
  const { me, isDirect } = scene;
  const enterRoom = useCallback(
    (room: string) => void navigate({ to: "/chat", search: { room, as: me.id } }),
    [navigate, me.id],
  );
  const groupId = scene.group.id;
  const playAs = useCallback(
    (memberId: string) => {
      const room = isDirect ? directRoomOf(memberId) : groupId;
      void navigate({ to: "/chat", search: { room, as: memberId } });
    },
    [navigate, isDirect, groupId],
  );
  return { enterRoom, playAs };
}

/** What is being written, quoted and looked at. Changing room or person begins anew. */
export function useSceneControls(scene: Scene): SceneControls {
  const moves = useMoves(scene);
  const place = `${scene.roomId} ${scene.me.id}`;
  const [work, setWork] = useState<{
    readonly place: string;
    readonly quoted: SimulatedLine | null;
    readonly edited: SimulatedLine | null;
  }>({ place, quoted: null, edited: null });
  const [draft, setDraft] = useState("");
  const [focusedLine, setFocusedLine] = useState<string | null>(null);
  const here = work.place === place ? work : null;

  const quote = useCallback(
    (line: SimulatedLine | null) => setWork({ place, quoted: line, edited: null }),
    [place],
  );
  const edit = useCallback(
    (line: SimulatedLine | null) => {
      setWork({ place, quoted: null, edited: line });
      setDraft(line?.text ?? "");
    },
    [place],
  );
  const focusLine = useCallback((lineId: string) => {
    setFocusedLine(lineId);
    setTimeout(() => setFocusedLine((now) => (now === lineId ? null : now)), GLOW_MS);
  }, []);

  return useMemo(
    () => ({
      scene,
      ...moves,
      quoted: here?.quoted ?? null,
      quote,
      edited: here?.edited ?? null,
      edit,
      draft,
      setDraft,
      focusLine,
      focusedLine,
    }),
    [scene, moves, here, quote, edit, draft, focusLine, focusedLine],
  );
}
