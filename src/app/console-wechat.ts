import { encode } from "uqr";
import type { SessionSource } from "#adapters/wechat/session-view.js";
import type { WechatView } from "#src/console/contract/wechat.js";

/** Scanners want this much white around a code, in modules. */
const QUIET_BORDER = 4;

const NOT_CONFIGURED: WechatView = {
  state: "off",
  qr: null,
  account: null,
  since: null,
  heardAt: null,
  detail: "",
  sending: { on: false, held: "switched-off", until: null },
  heldRooms: [],
};

/** What the owner's page shows of WeChat; null as source: it is not configured. */
export function wechatForConsole(source: SessionSource | null): WechatView {
  if (source === null) return NOT_CONFIGURED;
  const { state, qr, account, since, heardAt, detail, sending, heldRooms } = source.sessionView();
  return {
    state,
    qr: state === "scan" && qr !== null ? drawn(qr) : null,
    account,
    since,
    heardAt,
    detail,
    sending: { on: sending.on, held: sending.held, until: sending.until },
    heldRooms: heldRooms.map(({ topic, since: held }) => ({ topic, since: held })),
  };
}

/** The code as one path: a stroke of height 1 for each run of dark modules. */
function drawn(content: string): { readonly size: number; readonly path: string } {
  const { size, data } = encode(content, { border: QUIET_BORDER, ecc: "M" });
  const strokes = data.flatMap((row, y) =>
    runsOf(row).map(
      ({ x, length }) => `M${String(x)} ${String(y)}h${String(length)}v1h-${String(length)}z`,
    ),
  );
  return { size, path: strokes.join("") };
}

function runsOf(
  row: readonly boolean[],
): readonly { readonly x: number; readonly length: number }[] {
  const runs: { x: number; length: number }[] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last !== undefined && last.x + last.length === x) last.length += 1;
    else runs.push({ x, length: 1 });
  }
  return runs;
}
