import { currentEnvironment } from "#src/app/config.js";
import { startService } from "#src/app/run-service.js";
import { EXIT } from "./exit-codes.js";
import type { Output } from "./output.js";

/** Runs the service until SIGTERM or SIGINT. Returns the exit code. */
export async function serve(output: Output): Promise<number> {
  // Listened to before anything is said: who stops a service that is just starting gets a clean end.
  const stopped = endSignal();
  const service = await startService(currentEnvironment());
  output.say(
    `Huiyin is ready on http://${service.host}:${String(service.port)} (health: /readyz, figures: /metrics). Stop with Ctrl+C.`,
  );
  if (service.firstLink === null) {
    output.say(`Console: ${service.address}`);
  } else {
    output.say("Nobody owns this service yet. Sign in and choose a password (10 minutes, once):");
    output.say(service.firstLink);
  }
  const signal = await stopped;
  service.logger.info({ signal }, "stopping");
  const clean = await service.stop();
  service.logger.info({ clean }, "stopped");
  return clean ? EXIT.ok : EXIT.failed;
}

function endSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve("SIGTERM"));
    process.once("SIGINT", () => resolve("SIGINT"));
  });
}
