import { z } from "zod";
import { instant } from "./common.js";

/** The session of the WeChat account as the owner sees it. */
export const wechatView = z.object({
  /** Switched off, connecting, waiting for a scan, logged in, logged out. */
  state: z.enum(["off", "starting", "scan", "in", "out"]),
  /**
   * The code to scan, drawn as one SVG path in a square of `size` units, quiet border included. Whoever
   * scans it logs in: shown to owners only, never kept, never logged.
   */
  qr: z.object({ size: z.number().int(), path: z.string() }).nullable(),
  account: z.string().nullable(),
  /** Since when the state holds; null while WeChat is not configured. */
  since: instant.nullable(),
  heardAt: instant.nullable(),
  detail: z.string(),
  sending: z.object({
    on: z.boolean(),
    /** Why nothing goes out at this moment. */
    held: z.enum(["switched-off", "first-day", "quiet", "paused", "logged-out"]).nullable(),
    /** When the hold ends by itself. */
    until: instant.nullable(),
  }),
  /** Rooms that are listened to but not spoken to until staff bind them. */
  heldRooms: z.array(z.object({ topic: z.string(), since: instant })),
});

export type WechatView = z.infer<typeof wechatView>;
