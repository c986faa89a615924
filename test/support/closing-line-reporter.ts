import { writeSync } from "node:fs";
import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";

/** What the last line of a run says. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

function countModule(module: TestModule): Totals {
  let passed = 0;
  // A file or a suite that could not even load runs no test, and still must not look like a pass.
  let failed = module.errors().length;
  for (const suite of module.children.allSuites()) failed += suite.errors().length;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === "passed") passed += 1;
    if (state === "failed") failed += 1;
  }
  return { passed, failed };
}

/** Ends the output of each run with one plain line, `N passed, N failed`. */
export class ClosingLineReporter implements Reporter {
  #totals: Totals = { passed: 0, failed: 0 };
  #armed = false;

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    const counts = modules.map(countModule);
    const passed = counts.reduce((sum, count) => sum + count.passed, 0);
    const failed = counts.reduce((sum, count) => sum + count.failed, unhandledErrors.length);
    // No test file, or an interrupted run, is a failure without a failed test.
    const unseen = failed === 0 && (reason !== "passed" || modules.length === 0);
    this.#totals = { passed, failed: unseen ? 1 : failed };
    this.#printAtExit();
  }

  /** At exit, because other reporters and the teardown may still write. */
  #printAtExit(): void {
    if (this.#armed) return;
    this.#armed = true;
    process.once("exit", () => {
      const { passed, failed } = this.#totals;
      writeSync(1, `${passed} passed, ${failed} failed\n`);
    });
  }
}
