import { RelayAdapter } from "#adapters/relay/relay-adapter.js";
import { createRelayPort } from "#src/app/relay-port.js";
import { storedTray } from "#src/app/relay-tray.js";
import { createSimulation, type Simulation } from "#src/app/simulation.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type {
  PastePreview,
  PreviewRequest,
  RelayGroup,
  TrayItemInfo,
} from "#src/console/contract/relay.js";
import type { RelayOperator, RelayPort } from "#src/console/contract/relay-port.js";
import type { Store } from "#src/store/store.js";

/** Friday, 20 November 2026, half past eight in the evening, by the clock of Shanghai. */
export const EVENING = Date.parse("2026-11-20T20:30:00+08:00");

const detector = createDetector();
const BY: RelayOperator = { operatorId: "owner", language: "zh" };

/** A relay group that a test pastes into and reads the tray of. */
export class RelayScript {
  readonly simulation: Simulation;
  readonly port: RelayPort;
  readonly store: Store;
  #group: RelayGroup | null = null;

  private constructor(store: Store, simulation: Simulation) {
    this.store = store;
    this.simulation = simulation;
    this.port = createRelayPort({
      app: () => simulation.app,
      settle: async () => {
        await simulation.settle();
      },
    });
  }

  static async open(
    store: Store,
    options: { startAt?: number; digests?: boolean; staff?: string[]; name?: string } = {},
  ): Promise<RelayScript> {
    const {
      startAt = EVENING,
      digests = false,
      staff = ["店长"],
      name = "阳光花园团购群",
    } = options;
    const now = { of: (): number => startAt };
    const relay = new RelayAdapter({ tray: storedTray(store, () => now.of()) });
    const simulation = await createSimulation({
      store,
      detector,
      startAt,
      digests,
      notice: false,
      others: [relay],
    });
    now.of = () => simulation.clock.now();
    const script = new RelayScript(store, simulation);
    const there = (await script.port.groups()).find((group) => group.name === name);
    script.#group = there ?? (await script.port.create({ name, language: "zh", staff }, BY));
    return script;
  }

  get group(): RelayGroup {
    if (this.#group === null) throw new Error("the script has no group yet");
    return this.#group;
  }

  preview(text: string, more: Partial<PreviewRequest> = {}): Promise<PastePreview> {
    return this.port.preview(this.group.id, { text, ...more }, BY);
  }

  /** Previews and confirms, as staff do; the preview. */
  async paste(text: string, more: Partial<PreviewRequest> = {}): Promise<PastePreview> {
    const preview = await this.preview(text, more);
    if (preview.seal !== null) {
      await this.port.take(this.group.id, { text, ...more, seal: preview.seal }, BY);
    }
    return preview;
  }

  /** What lies in the tray, the newest first. */
  tray(): Promise<readonly TrayItemInfo[]> {
    return this.port.tray(this.group.id);
  }

  /** The newest text of the tray that holds these words. */
  async inTray(words: string): Promise<TrayItemInfo> {
    const found = (await this.tray()).find(({ text }) => text?.includes(words) === true);
    if (found === undefined) throw new Error(`nothing in the tray says ${words}`);
    return found;
  }

  survey(request: { text?: string; bank?: string; hours?: number }) {
    return this.port.survey(
      this.group.id,
      { kind: "csat", options: [], hours: 2, force: true, decision: "要不要换供应商", ...request },
      BY,
    );
  }

  /** Says a staff command on the page. */
  tell(text: string): Promise<void> {
    return this.port.tell(this.group.id, text, BY);
  }

  async advance(ms: number): Promise<void> {
    await this.simulation.advanceTo(this.simulation.clock.now() + ms);
  }

  stop(): Promise<void> {
    return this.simulation.stop();
  }
}
