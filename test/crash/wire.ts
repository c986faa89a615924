import type { PostRequest } from "#adapters/simulated/simulated-chat.js";
import type { SimulatedPayload } from "#adapters/simulated/simulated-payload.js";
import type { ChoiceRow } from "#src/platform/outbound-message.js";

/** What the test says to a service process. */
export type ToChild =
  | { readonly type: "event"; readonly number: number; readonly payload: SimulatedPayload }
  | { readonly type: "answer"; readonly call: number; readonly value: string | null };

/** What a service process asks the platform to do. */
export type PlatformCall =
  | { readonly method: "post"; readonly request: PostRequest }
  | {
      readonly method: "edit";
      readonly room: string;
      readonly messageId: string;
      readonly text: string;
      readonly choices: readonly ChoiceRow[];
    }
  | { readonly method: "find"; readonly room: string; readonly key: string };

/** What a service process says to the test. */
export type FromChild =
  | { readonly type: "ready" }
  | { readonly type: "acknowledged"; readonly number: number }
  | { readonly type: "refused"; readonly number: number }
  | { readonly type: "call"; readonly call: number; readonly what: PlatformCall };
