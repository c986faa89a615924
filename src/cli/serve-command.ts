import { currentEnvironment } from "#src/app/config.js";
import { type RunningService, startService } from "#src/app/run-service.js";
import type { AppError } from "#src/shared/app-error.js";
import { type Logger, safeError } from "#src/shared/logger.js";
import { EXIT } from "./exit-codes.js";
import type { Output } from "./output.js";

/** Runs the service until SIGTERM or SIGINT. Returns the exit code. */
export async function serve(output: Output): Promise<number> {
  // Listened to before anything is said: who stops a service that is just starting gets a clean end.
  const stopped = endSignal();
  const service = await startService(currentEnvironment());
  endOnTheUnforeseen(service, output);
  output.say(
    `Huiyin is ready on http://${service.host}:${String(service.port)} (health: /readyz, figures: /metrics). Stop with Ctrl+C.`,
  );
  if (service.firstLink === null) {
    output.say(`Console: ${service.address}`);
  } else {
    output.say("Nobody owns this service yet. Sign in and choose a password (10 minutes, once):");
    output.say(service.firstLink);
  }
  const signal = await Promise.race([stopped, service.lost]);
  if (typeof signal !== "string") return abandon(service.logger, signal, output);
  service.logger.info({ signal }, "stopping");
  const clean = await service.stop();
  service.logger.info({ clean }, "stopped");
  return clean ? EXIT.ok : EXIT.failed;
}

/**
 * The last resort: an error that nobody caught leaves the program in a state that nobody knows. It is
 * logged without anybody's words, what is in hand gets its time to end, and the process ends with 1.
 */
function endOnTheUnforeseen(service: RunningService, output: Output): void {
  let ending = false;
  const end = (error: unknown): void => {
    service.logger.error({ err: error }, "an error that nobody caught: the service ends");
    if (ending) return;
    ending = true;
    output.say(
      `Huiyin ends: something went wrong that should not have (${safeError(error).type}).`,
    );
    void endFailed(service);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}

async function endFailed(service: RunningService): Promise<never> {
  await service.stop().catch(() => undefined);
  process.exit(EXIT.failed);
}

/** Ends at once, without a last word to data that are not there any more. */
function abandon(logger: Logger, reason: AppError, output: Output): never {
  logger.error({ err: reason }, "the data is lost to this process");
  output.say(reason.message);
  if (reason.detail.remedy !== undefined) output.say(reason.detail.remedy);
  process.exit(EXIT.failed);
}

function endSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve("SIGTERM"));
    process.once("SIGINT", () => resolve("SIGINT"));
  });
}
