import type { Files } from "./planted-tree.js";

/** A small breach: the file that holds it and the rule that must speak up. */
export interface PlantedBreach {
  readonly rule: string;
  readonly file: string;
  readonly content: string;
}

const value = (from: string): string =>
  `import { thing } from "${from}"; export const own = thing;`;
const typeOnly = (from: string): string =>
  `import type { Thing } from "${from}"; export type Own = Thing;`;
const plain = "export const thing = 1; export interface Thing { readonly x: number }";
const thingFrom = (...sources: readonly string[]): string =>
  `${sources.map((source) => `import "${source}";`).join(" ")} ${plain}`;

/** A tree with one or two files in each room in which every import is allowed. */
export const soundTree: Files = {
  "src/cli/main.ts": thingFrom(
    "#src/app/create-app.js",
    "#src/surveys/reply/read-reply.js",
    "#src/complaints/detection/verdict.js",
    "#src/simulator/world.js",
    "commander",
  ),
  "src/simulator/world.ts": thingFrom(
    ...["#src/app/create-app.js", "#adapters/simulated/adapter.js", "#src/http/server.js"],
    "#src/console/contract/port.js",
  ),
  "src/console/contract/port.ts": thingFrom("zod", "#src/i18n/texts.js"),
  "src/console/charts/trend.ts": thingFrom("#src/shared/clock.js", "echarts"),
  "src/console/web/main.ts": thingFrom(
    ...["react", "@mantine/core", "#src/console/charts/trend.js", "#src/i18n/texts.js"],
  ),
  "src/pictures/card.ts": thingFrom("@takumi-rs/core", "#src/console/charts/trend.js"),
  "src/app/create-app.ts": thingFrom(
    ...["#adapters/simulated/adapter.js", "#adapters/slack/adapter.js"],
    ...["#adapters/wechat/adapter.js", "#src/commands/router.js", "#src/http/server.js"],
    ...["#src/inbox/inbox-worker.js", "#src/outbox/outbox-worker.js"],
    ...["#src/scheduling/scheduler.js", "#src/surveys/run-service.js"],
    ...["#src/complaints/case-service.js", "#src/digests/digest-service.js"],
    ...["#src/directory/directory-service.js", "#src/store/store.js", "#entities/index.js"],
    "#src/pictures/card.js",
  ),
  "src/store/store.ts": `import type { Thing as Port } from "#src/platform/port.js"; import "typeorm"; import "pg"; import "#entities/index.js"; ${plain} export type P = Port;`,
  "src/platform/port.ts": thingFrom("#src/shared/clock.js", "#src/i18n/texts.js"),
  "src/i18n/texts.ts": thingFrom("#src/shared/clock.js", "#entities/vocabulary.js"),
  "src/shared/clock.ts": thingFrom("zod", "node:crypto"),
  "src/statistics/rates.ts": thingFrom("#src/shared/clock.js"),
  "src/queue/lease-worker.ts": `import type { Thing as Store } from "#src/store/store.js"; ${plain} export type S = Store;`,
  "src/inbox/inbox-worker.ts": thingFrom("#src/queue/lease-worker.js", "#src/platform/port.js"),
  "src/outbox/outbox-worker.ts": thingFrom("#src/queue/lease-worker.js", "#src/platform/port.js"),
  "src/scheduling/scheduler.ts": thingFrom("#src/queue/lease-worker.js", "./recurrence.js"),
  "src/scheduling/recurrence.ts": thingFrom("croner", "#src/shared/clock.js"),
  "src/http/server.ts": thingFrom("hono", "@node-rs/argon2", "#src/console/contract/port.js"),
  "src/commands/router.ts": thingFrom(
    ...["#src/surveys/run-service.js", "#src/statistics/rates.js", "#src/platform/port.js"],
  ),
  "src/surveys/run-service.ts": `import type { Thing as Store } from "#src/store/store.js"; import type { Thing as Job } from "#src/queue/lease-worker.js"; import type { Thing as Row } from "#entities/survey.js"; import "#entities/vocabulary.js"; import "#src/scheduling/recurrence.js"; import "#src/statistics/rates.js"; ${plain} export type All = [Store, Job, Row];`,
  "src/surveys/reply/read-reply.ts": thingFrom("#src/shared/clock.js"),
  "src/complaints/case-service.ts": thingFrom("./detection/verdict.js"),
  "src/complaints/detection/verdict.ts": thingFrom("natural/lib/natural/stem.js"),
  "src/digests/digest-service.ts": thingFrom("#src/scheduling/recurrence.js"),
  "src/directory/directory-service.ts": thingFrom("#src/shared/clock.js"),
  "adapters/simulated/adapter.ts": thingFrom("#src/platform/port.js", "hono"),
  "adapters/slack/adapter.ts": thingFrom("#src/platform/port.js", "@slack/bolt"),
  "adapters/wechat/adapter.ts": thingFrom("#src/platform/port.js", "./load-wechaty.js"),
  "adapters/wechat/load-wechaty.ts": `export const library = () => import("wechaty"); ${plain}`,
  "entities/index.ts": 'export { thing } from "./survey.js";',
  "entities/survey.ts": `import "typeorm"; import "./group.js"; ${plain}`,
  "entities/group.ts": `import "./survey.js"; ${plain}`,
  "entities/vocabulary.ts": plain,
  "node_modules/natural/lib/natural/stem.js": "exports.thing = 1;",
  "test/support.ts": plain,
};

/** What some breaches lean on. */
export const accomplices: Files = {
  "src/shared/two.ts": `${value("./one.js")} export const thing = 1;`,
};

const breach = (rule: string, file: string, content: string): PlantedBreach => ({
  rule,
  file,
  content,
});

/** At least one breach for each rule. */
export const plantedBreaches: readonly PlantedBreach[] = [
  breach("no-circular", "src/shared/one.ts", value("./two.js")),
  breach("no-orphans", "src/shared/lonely.ts", plain),
  breach("not-to-unresolvable", "src/shared/nowhere.ts", value("#src/shared/not-there.js")),
  breach("not-to-dev-dep", "src/shared/dev.ts", value("vitest")),
  breach("production-does-not-see-test", "src/app/sees-test.ts", value("../../test/support.js")),
  breach("entities-stand-alone", "entities/sees-shared.ts", value("#src/shared/clock.js")),
  breach("entities-stand-alone", "entities/sees-core.ts", 'import "node:fs"; export const x = 1;'),
  breach("typeorm-only-in-store", "src/app/orm.ts", value("typeorm")),
  breach("typeorm-only-in-store", "src/surveys/orm-type.ts", typeOnly("typeorm")),
  breach("drivers-only-in-store", "src/app/driver.ts", value("pg")),
  breach("drivers-only-in-store", "entities/driver.ts", value("pg")),
  breach("entity-values-only-in-store", "src/surveys/entity.ts", value("#entities/survey.js")),
  breach("store-is-only-named", "src/complaints/store.ts", value("#src/store/store.js")),
  breach("store-is-only-named", "src/cli/store.ts", value("#src/store/store.js")),
  breach(
    "store-is-only-named",
    "src/digests/both.ts",
    `${typeOnly("#src/store/store.js")} ${value("#src/store/store.js").replace("own", "other")}`,
  ),
  breach("store-takes-types-from-the-port", "src/store/port.ts", value("#src/platform/port.js")),
  breach("adapters-see-only-the-port", "adapters/slack/store.ts", typeOnly("#src/store/store.js")),
  breach("adapters-see-only-the-port", "adapters/slack/row.ts", typeOnly("#entities/survey.js")),
  breach(
    "adapters-do-not-know-each-other",
    "adapters/slack/cousin.ts",
    typeOnly("#adapters/wechat/adapter.js"),
  ),
  breach("only-app-builds-adapters", "src/cli/adapter.ts", value("#adapters/slack/adapter.js")),
  breach("slack-stays-in-its-adapter", "src/app/slack.ts", value("@slack/bolt")),
  breach("wechaty-stays-in-its-adapter", "adapters/simulated/wechaty.ts", value("wechaty")),
  breach("wechaty-is-loaded-when-wanted", "adapters/wechat/eager.ts", value("wechaty")),
  breach(
    "wechaty-has-one-door",
    "adapters/wechat/second.ts",
    `${plain} export const own = () => import("wechaty");`,
  ),
  breach("wechaty-has-one-door", "adapters/wechat/shape.ts", typeOnly("wechaty")),
  breach(
    "features-keep-apart",
    "src/surveys/cousin.ts",
    typeOnly("#src/digests/digest-service.js"),
  ),
  breach(
    "features-are-called-from-above",
    "src/inbox/eager.ts",
    value("#src/surveys/run-service.js"),
  ),
  breach(
    "features-are-called-from-above",
    "src/store/eager.ts",
    typeOnly("#src/digests/digest-service.js"),
  ),
  breach("cli-uses-pure-features-only", "src/cli/eager.ts", value("#src/surveys/run-service.js")),
  breach("commands-are-wired-in-app", "src/inbox/commands.ts", value("#src/commands/router.js")),
  breach("edges-do-not-meet", "src/inbox/edge.ts", value("#src/outbox/outbox-worker.js")),
  breach("edges-do-not-meet", "src/cli/edge.ts", value("#src/http/server.js")),
  breach("edges-do-not-meet", "src/http/edge.ts", typeOnly("#src/scheduling/scheduler.js")),
  breach("engine-is-wired-in-app", "src/surveys/engine.ts", value("#src/scheduling/scheduler.js")),
  breach("engine-is-wired-in-app", "src/commands/engine.ts", value("#src/outbox/outbox-worker.js")),
  breach("queue-drives-workers-only", "src/surveys/queue.ts", value("#src/queue/lease-worker.js")),
  breach("only-cli-starts-the-app", "src/http/top.ts", typeOnly("#src/app/create-app.js")),
  breach("only-cli-starts-the-simulator", "src/app/world.ts", value("#src/simulator/world.js")),
  breach("pages-see-the-contract", "src/console/web/row.ts", typeOnly("#entities/survey.js")),
  breach("nobody-imports-pages", "src/http/page.ts", value("#src/console/web/main.js")),
  breach("console-ground-stands-low", "src/console/contract/up.ts", value("#src/http/server.js")),
  breach(
    "pictures-draw-what-they-are-given",
    "src/pictures/up.ts",
    typeOnly("#entities/survey.js"),
  ),
  breach("drawing-stays-in-pictures", "src/app/draw.ts", value("@takumi-rs/core")),
  breach("charts-have-one-home", "src/digests/chart.ts", value("echarts")),
  breach("pages-own-their-packages", "src/http/react.ts", value("react")),
  breach("password-hashing-stays-at-the-edge", "src/app/hash.ts", value("@node-rs/argon2")),
  breach("nobody-imports-cli", "src/app/downhill.ts", value("#src/cli/main.js")),
  breach("shared-is-the-ground", "src/shared/climber.ts", value("#src/platform/port.js")),
  breach("texts-stand-low", "src/i18n/climber.ts", typeOnly("#src/platform/port.js")),
  breach("port-stands-low", "src/platform/climber.ts", typeOnly("#src/store/store.js")),
  breach("pure-rooms", "src/statistics/files.ts", value("node:fs")),
  breach("pure-rooms", "src/surveys/reply/parse.ts", value("zod")),
  breach("statistics-stand-low", "src/statistics/rows.ts", typeOnly("#entities/survey.js")),
  breach("pure-time-stays-pure", "src/scheduling/window.ts", typeOnly("#src/store/store.js")),
  breach("pure-time-stays-pure", "src/scheduling/reader.ts", value("node:fs")),
  breach("web-server-stays-at-the-edge", "src/surveys/web.ts", value("hono")),
  breach("cron-stays-in-scheduling", "src/digests/cron.ts", value("croner")),
  breach("arguments-stay-in-cli", "src/commands/arguments.ts", value("commander")),
  breach("natural-stays-in-detection", "src/surveys/stem.ts", value("natural/lib/natural/stem.js")),
  breach(
    "natural-by-sub-path",
    "src/complaints/detection/root.ts",
    value("natural/lib/natural/index.js"),
  ),
];

/** A breach inside a file of the sound tree. */
export const vocabularyWithImport = { "entities/vocabulary.ts": `import "./group.js"; ${plain}` };
