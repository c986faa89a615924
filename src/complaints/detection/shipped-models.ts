import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Language } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";
import type { TrainedModel } from "./classifier.js";
import { linearClassifier, loadLinearModel } from "./linear-model.js";
import { STACK_SIZE } from "./stack.js";

const stackSchema = z.object({
  weights: z.array(z.number()).length(STACK_SIZE),
  threshold: z.number().min(0).max(1),
});
const stacksSchema = z.object({ chat: stackSchema, reviews: stackSchema });
const fileSchema = z.object({ zh: stacksSchema, en: stacksSchema });

/** How the shipped judges are combined with the word rules; one entry a language. */
export type StackFile = z.infer<typeof fileSchema>;

function readStacks(file: URL): StackFile {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new AppError("invalid-config", `The file ${file.href} cannot be used.`, {
      field: file.href,
      remedy: "Install the program again, or train anew with `npm run train`.",
      cause,
    });
  }
}

/**
 * Reads the trained judges that come with the program.
 * @throws AppError `invalid-config` when a file is missing or damaged.
 */
export function loadShippedModels(): Readonly<Record<Language, TrainedModel>> {
  const stacks = readStacks(new URL("./models/stacks.json", import.meta.url));
  return {
    zh: {
      classifier: linearClassifier(loadLinearModel(new URL("./models/zh.bin", import.meta.url))),
      stacks: stacks.zh,
    },
    en: {
      classifier: linearClassifier(loadLinearModel(new URL("./models/en.bin", import.meta.url))),
      stacks: stacks.en,
    },
  };
}
