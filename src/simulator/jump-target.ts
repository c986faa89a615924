import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import { addLocalDays, instantOf, localDay } from "#src/scheduling/zoned-time.js";
import { DEFAULT_SETTINGS, settingsOf } from "#src/shared/group-settings.js";
import type { Life } from "./life.js";

const MORNING = "09:00";
const DEFAULT_ZONE = "Asia/Shanghai";

/** The next daily digest, or nine o'clock tomorrow, by the clock of the first customers' room (epoch ms). */
export async function jumpTarget(life: Life, jump: "digest" | "tomorrow"): Promise<number> {
  const room = life.cast.rooms.find((one) => one.purpose === "customers");
  const zone = room?.timeZone ?? DEFAULT_ZONE;
  const today = localDay(life.now, zone);
  const tomorrow = addLocalDays(today, 1);
  if (jump === "tomorrow") return instantOf(tomorrow, MORNING, zone);
  const group = await life.simulation.app.store.read((tx) =>
    tx.directory.group({ platform: SIMULATED, conversationId: room?.id ?? "" }),
  );
  const time = (group === null ? DEFAULT_SETTINGS : settingsOf(group)).dailyDigestAt;
  const evening = instantOf(today, time, zone);
  return evening > life.now ? evening : instantOf(tomorrow, time, zone);
}
