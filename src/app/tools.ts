/**
 * What a tool may do with the data beside the running service. The command line reaches the rooms
 * through this file only, so that the composition root stays the one place that knows them all.
 */
export { createComplaints } from "#src/complaints/complaints.js";
export { nearestGroups } from "#src/digests/nearest-groups.js";
export { renderReport } from "#src/digests/render-report.js";
export { buildReport } from "#src/digests/report.js";
export { finishForgetting } from "#src/directory/forget-contacts.js";
export { forgetMember } from "#src/directory/forget-member.js";
export { exportMember } from "#src/directory/member-data.js";
export { digestReadModel } from "#src/store/digest-read-model.js";
export { latestRun, surveyResults } from "#src/surveys/survey-results.js";
export {
  archiveSurvey,
  findSurvey,
  listSurveys,
  pauseSurvey,
  resumeSurvey,
} from "#src/surveys/survey-status.js";
