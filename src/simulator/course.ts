import { isAppError } from "#src/shared/app-error.js";
import type { Logger } from "#src/shared/logger.js";
import type { Life } from "./life.js";
import type { DueLine, ScenarioPlayer } from "./scenario-player.js";
import type { People } from "./story.js";
import { scenarioDeed } from "./story-lines.js";
import { openSurvey } from "./survey-now.js";

/** What goes on in the world by itself. */
export interface Course {
  readonly scenarios: ScenarioPlayer;
  readonly people: People;
  readonly logger: Logger;
}

/** Moves the world's clock on; lines of scenarios that fall due on the way are said at their time. */
export async function advance(life: Life, course: Course, target: number): Promise<void> {
  for (;;) {
    const due = course.scenarios.take(target);
    if (due === null) break;
    await cue(life, course, due);
  }
  await life.advanceTo(target);
}

async function cue(life: Life, { people, logger }: Course, due: DueLine): Promise<void> {
  const { line } = due;
  if (life.cast.findRoom(line.room) === undefined) return;
  const at = Math.max(due.at, life.now + 1);
  await life.advanceTo(at);
  if (!("survey" in line)) {
    await life.perform(scenarioDeed(people, line, { ...due, at }));
    return;
  }
  try {
    await openSurvey(life, { room: line.room, question: line.survey }, false);
  } catch (error) {
    if (!isAppError(error)) throw error;
    logger.info({ reason: error.code }, "a scenario's survey did not open");
  }
}
