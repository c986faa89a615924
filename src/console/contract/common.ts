import { z } from "zod";

/** A text in both languages of the product. */
export const bilingual = z.object({ zh: z.string(), en: z.string() });

/** Epoch milliseconds. */
export const instant = z.number().int();

/** A calendar day in the group's time zone, such as 2026-11-20. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-11-20");

export const language = z.enum(["zh", "en"]);

export const severity = z.enum(["P1", "P2", "P3"]);

/** An error as RFC 9457 wants it; `field` and `expected` are there when an input was at fault. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  field: z.string().optional(),
  expected: z.string().optional(),
  remedy: z.string().optional(),
});

/** One page of a list; `next` is the cursor of the following page, null at the end. */
export function page<T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export type Problem = z.infer<typeof problem>;
/** One page of a list of `T`. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
