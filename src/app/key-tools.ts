import { AppError } from "#src/shared/app-error.js";
import { systemClock } from "#src/shared/clock.js";
import { currentEnvironment } from "./config.js";
import { Envelope } from "./envelope.js";
import { openForReading, patiently } from "./open-data.js";
import {
  forgetUnopened,
  type KeyUse,
  keyUses,
  type Rotation,
  rotateKeys,
} from "./sealed-tokens.js";
import { loadSecretKey } from "./slack-config.js";

function configuredEnvelope(): Envelope | null {
  const key = loadSecretKey(currentEnvironment());
  return key === null ? null : new Envelope(key);
}

/** Puts every sealed token under the newest key of the configuration, beside a running service too. */
export async function rotateConfiguredKeys(folder: string | undefined): Promise<Rotation> {
  const envelope = configuredEnvelope();
  if (envelope === null)
    throw new AppError("invalid-config", "HUIYIN_SECRET_KEY is not set.", {
      remedy: "Set it to the new key, a comma and the old key: HUIYIN_SECRET_KEY=new,old",
    });
  const data = await openForReading(folder);
  try {
    return await patiently(() => rotateKeys(data.store, envelope, systemClock.now()));
  } finally {
    await data.close();
  }
}

/** Forgets the tokens that no configured key opens. Returns how many there were. */
export async function forgetUnopenedTokens(folder: string | undefined): Promise<number> {
  const envelope = configuredEnvelope();
  const data = await openForReading(folder);
  try {
    return await patiently(() => forgetUnopened(data.store, envelope, systemClock.now()));
  } finally {
    await data.close();
  }
}

/** How many sealed tokens there are per key. */
export async function listKeyUses(folder: string | undefined): Promise<readonly KeyUse[]> {
  const envelope = configuredEnvelope();
  const data = await openForReading(folder);
  try {
    return await keyUses(data.store, envelope);
  } finally {
    await data.close();
  }
}
