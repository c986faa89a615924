import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./support/closing-line-reporter.js";

export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["reflect-metadata"],
    reporters: ["default", new ClosingLineReporter()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
