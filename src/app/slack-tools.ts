import { manifestYaml } from "#adapters/slack/manifest.js";
import { lookAtSlack, type SlackFindings } from "#adapters/slack/slack-doctor.js";
import { systemClock } from "#src/shared/clock.js";
import { currentEnvironment, loadConfig } from "./config.js";
import { openDataFolder } from "./open-data.js";
import { loadSlackConfig } from "./slack-config.js";
import { type ImportCount, type ImportProgress, importSlackExport } from "./slack-import.js";

export { manifestYaml as slackManifest };

/** Reads a workspace export into a data folder that no service holds. */
export async function importFile(
  file: string,
  folder: string | undefined,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportCount> {
  const config = loadConfig(currentEnvironment());
  const data = await openDataFolder(folder ?? config.dataFolder);
  try {
    return await importSlackExport(file, { store: data.store, config, onProgress });
  } finally {
    await data.close();
  }
}

/** What Slack says about the token of the configuration, and what is not configured at all. */
export async function checkConfiguredSlack(): Promise<SlackFindings> {
  const env = currentEnvironment();
  const config = loadConfig(env);
  const slack = loadSlackConfig(env, config.publicUrl);
  if (slack === null)
    return {
      facts: [],
      troubles: [
        "Slack is not configured. Run huiyin slack manifest --url https://your-address, create the app from it, and set HUIYIN_SLACK_SIGNING_SECRET and HUIYIN_SLACK_BOT_TOKEN.",
      ],
    };
  const events =
    config.publicUrl === null && slack.transport.kind === "http"
      ? ["HUIYIN_PUBLIC_URL is not set: Slack must reach /slack/events over HTTPS."]
      : [];
  if (slack.botToken === null)
    return {
      facts: [`People install at ${slack.oauth?.publicUrl ?? ""}/slack/install.`],
      troubles: events,
    };
  const { facts, troubles } = await lookAtSlack({
    token: slack.botToken,
    clock: systemClock,
    language: config.language,
    ...(slack.apiUrl === null ? {} : { apiUrl: slack.apiUrl }),
  });
  const reach =
    slack.transport.kind === "socket"
      ? "Events come over Socket Mode."
      : `Slack sends events to ${config.publicUrl ?? "…"}/slack/events.`;
  return { facts: [...facts, reach], troubles: [...events, ...troubles] };
}
