/**
 * The walls of the house, checked by `npm run check` and test/architecture.
 *
 * Each comment tells whoever breaks the rule what to do instead. The drawing of the real arrows is
 * in src/README.md and is made from the same settings by `npm run arrows`.
 */
const path = require("node:path");

/** Files of scheduling that run: the scheduler and whatever is named -worker, -service or -ticker. */
const TIME_ENGINE = "(?:scheduler[^/]*|[^/]*-(?:worker|service|ticker))[.]ts$";
/** All other files of scheduling only compute (recurrence, zoned-time, …): every room may use them. */
const PURE_TIME = `^src/scheduling/(?!${TIME_ENGINE})`;
/** Statuses, kinds and the shapes of stored JSON: every room may use them, since they drag nothing along. */
const VOCABULARY = "^entities/(?:vocabulary|types)[.]ts$";
/** The ground that all rooms stand on. */
const GROUND = "^src/(?:shared|i18n)/";
const FEATURES = "^src/(?:surveys|complaints|digests|directory)/";
/** Parts of features that only compute; the command line shows them at work. */
const PURE_FEATURES = "^src/(?:surveys/reply|complaints/detection)(?:/|[.]ts$)";
const PRODUCT = "^(?:src|adapters|entities)/";
/** The pages: built by Vite for browsers, never loaded by the server. */
const WEB = "^src/console/web/";
/** Texts of the pages, bundled with them. */
const WEB_TEXTS = "^src/i18n/console[^/]*[.]ts$";
/** What pages and server agree on: schemas, ports and the chart. */
const CONSOLE_GROUND = "^src/console/(?:contract|charts)/";
const NOT_VALUES = { dependencyTypesNot: ["type-only"] };

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** A package that one place owns, so that an upgrade or a replacement touches one folder. */
const home = (name, packages, owner, comment) =>
  rule(name, comment, { path: PRODUCT, pathNot: owner }, { path: `node_modules/(?:${packages})/` });

const wholeTree = [
  rule(
    "no-circular",
    "Two files need each other. Move what both need into a third file that neither imports back. (Entities may point at each other: relations go both ways.)",
    { path: PRODUCT, pathNot: "^entities/" },
    { circular: true },
  ),
  rule(
    "no-orphans",
    "Nobody imports this file and it imports nobody. Wire it in src/app, or delete it.",
    { path: PRODUCT, orphan: true, pathNot: ["[.]d[.]ts$", "^src/cli/main[.]ts$", WEB, WEB_TEXTS] },
    {},
  ),
  rule(
    "each-file-is-reached",
    "The program never comes here from src/cli/main.ts. Wire the file in src/app, move it to test or .tools if only those use it, or delete it.",
    { path: "^src/cli/main[.]ts$" },
    // The training code is reached from .tools/train.ts. The formulas are a library of their own,
    // F1–F25 with their golden vectors: complete on purpose.
    {
      path: PRODUCT,
      pathNot: ["[.]d[.]ts$", "^src/complaints/training/", "^src/statistics/", WEB, WEB_TEXTS],
      reachable: false,
    },
  ),
  rule(
    "not-to-unresolvable",
    "This import leads nowhere. Correct the path (relative inside a room, #src/… across rooms, always with .js), or add the package to package.json.",
    { path: PRODUCT },
    { couldNotResolve: true },
  ),
  rule(
    "not-to-dev-dep",
    "A production install has no dev packages. Move the package to dependencies, or import only its types.",
    // Vite has put what the pages need into dist/console.
    { path: PRODUCT, pathNot: WEB },
    { dependencyTypes: ["npm-dev"], ...NOT_VALUES },
  ),
  rule(
    "production-does-not-see-test",
    "Product code must run without test and .tools. Move the shared piece into a room of src.",
    { path: PRODUCT },
    { path: "^(?:test|[.]tools)/" },
  ),
];

const data = [
  rule(
    "entities-stand-alone",
    "An entity describes rows and depends on nothing. Put behaviour into a feature, conversions into src/store.",
    { path: "^entities/" },
    { pathNot: "^entities/|node_modules/(?:typeorm|reflect-metadata)/" },
  ),
  rule(
    "vocabulary-imports-nothing",
    "Everybody may use vocabulary.ts and types.ts because they drag nothing along. Keep them free of other imports.",
    { path: VOCABULARY },
    { pathNot: VOCABULARY },
  ),
  rule(
    "typeorm-only-in-store",
    "TypeORM has one door. Ask src/store for a method that answers your question.",
    { path: "^(?:src|adapters)/", pathNot: "^src/store/" },
    { path: "node_modules/typeorm/" },
  ),
  home(
    "drivers-only-in-store",
    "(?:@types/)?pg|pg-[^/]+|(?:@types/)?better-sqlite3|better-sqlite3-napi",
    "^src/store/",
    "Database drivers are opened by src/store alone. Ask it for a method that answers your question.",
  ),
  rule(
    "entity-values-only-in-store",
    "Import entities as types (`import type`); kinds and statuses come from #entities/vocabulary.js.",
    { path: "^(?:src|adapters)/", pathNot: "^src/(?:store|app)/" },
    { path: "^entities/", pathNot: VOCABULARY, ...NOT_VALUES },
  ),
  rule(
    "store-is-only-named",
    "Take the store as a parameter and import its type (`import type`). Only src/app builds it.",
    { path: "^src/", pathNot: "^src/(?:store|app)/" },
    { path: "^src/store/", ...NOT_VALUES },
  ),
  rule(
    "store-takes-types-from-the-port",
    "The store keeps what the port describes; it needs the port's types and, of its code, only the text form of references (conversation.ts).",
    { path: "^src/store/" },
    { path: "^src/platform/", pathNot: "^src/platform/conversation[.]ts$", ...NOT_VALUES },
  ),
];

const platforms = [
  rule(
    "adapters-see-only-the-port",
    "An adapter translates and transports. Express what you need in src/platform, and let the core do it.",
    { path: "^adapters/" },
    {
      path: "^(?:src|entities)/",
      pathNot: ["^src/platform/", GROUND, PURE_TIME, VOCABULARY],
    },
  ),
  rule(
    "adapters-do-not-know-each-other",
    "A platform can be deleted as a folder. Move what two platforms share into src/platform.",
    { path: "^adapters/([^/]+)/" },
    { path: "^adapters/([^/]+)/", pathNot: "^adapters/$1/" },
  ),
  rule(
    "only-app-builds-adapters",
    "The core never asks which platform it talks to. Use the types of src/platform; src/app builds the adapters.",
    // The pretend world moves the pretend platform.
    { path: "^src/", pathNot: "^src/(?:app|simulator)/" },
    { path: "^adapters/" },
  ),
  home(
    "slack-stays-in-its-adapter",
    "@slack/[^/]+",
    "^adapters/slack/",
    "Slack packages live in adapters/slack. Express what you need in src/platform.",
  ),
  home(
    "wechaty-stays-in-its-adapter",
    "wechaty[^/]*|@juzi/[^/]+",
    "^adapters/wechat/",
    "Wechaty packages live in adapters/wechat. Express what you need in src/platform.",
  ),
  rule(
    "wechaty-is-loaded-when-wanted",
    "Wechaty is optional and heavy: only adapters/wechat/load-wechaty.ts loads it, by import(), when WeChat is switched on. Use what that file exports.",
    { path: PRODUCT },
    { path: "node_modules/(?:wechaty[^/]*|@juzi/[^/]+)/", dynamic: false, ...NOT_VALUES },
  ),
  rule(
    "wechaty-has-one-door",
    "Only adapters/wechat/load-wechaty.ts knows wechaty. Use what that file exports.",
    { path: "^adapters/wechat/", pathNot: "^adapters/wechat/load-wechaty[.]ts$" },
    { path: "node_modules/(?:wechaty[^/]*|@juzi/[^/]+)/" },
  ),
];

const rooms = [
  rule(
    "features-keep-apart",
    "Features meet in the store. Ask a read model in src/store for the fact of the other feature.",
    { path: "^src/(surveys|complaints|digests|directory)/" },
    { path: FEATURES, pathNot: "^src/$1/" },
  ),
  rule(
    "features-are-called-from-above",
    "Only src/commands and src/app call features; src/cli may use surveys/reply and complaints/detection. Put the handler into src/app, or the shared fact into src/store.",
    { path: "^(?:src|adapters)/", pathNot: ["^src/(?:app|commands|cli)/", FEATURES] },
    { path: FEATURES },
  ),
  rule(
    "cli-uses-pure-features-only",
    "The command line starts the app and may compute with surveys/reply and complaints/detection. For the rest, let src/app offer a function.",
    { path: "^src/cli/" },
    { path: FEATURES, pathNot: PURE_FEATURES },
  ),
  rule(
    "commands-are-wired-in-app",
    "Commands are reached through the table in src/app. Hand the text over as an event instead of calling them.",
    { path: "^src/", pathNot: "^src/(?:app|commands)/" },
    { path: "^src/commands/" },
  ),
  rule(
    "edges-do-not-meet",
    "Each edge is its own way in or out. Let src/app connect them through a function or the store.",
    { path: "^src/(cli|http|inbox|outbox|scheduling)/" },
    { path: "^src/(?:cli|http|inbox|outbox|scheduling)/", pathNot: ["^src/$1/", PURE_TIME] },
  ),
  rule(
    "engine-is-wired-in-app",
    "Write a row and let the worker find it; only src/app starts workers. Of scheduling, the computing files are free for all (not scheduler*, -worker, -service, -ticker).",
    { path: "^src/", pathNot: "^src/(?:app|cli|simulator|http|inbox|outbox|scheduling)/" },
    { path: "^src/(?:http|inbox|outbox|scheduling)/", pathNot: PURE_TIME },
  ),
  rule(
    "queue-drives-workers-only",
    "Import the types of src/queue (`import type`); the workers of inbox, outbox and scheduling run it.",
    { path: "^src/", pathNot: "^src/(?:app|inbox|outbox|scheduling|queue)/" },
    { path: "^src/queue/", ...NOT_VALUES },
  ),
  rule(
    "only-cli-starts-the-app",
    "The composition root is the top. Take what you need as a parameter and let src/app hand it in.",
    { path: "^(?:src|adapters)/", pathNot: "^src/(?:app|cli|simulator)/" },
    { path: "^src/app/" },
  ),
  rule(
    "only-cli-starts-the-simulator",
    "The pretend world stands on top of the app. Let the app offer what the product itself needs.",
    { path: "^(?:src|adapters)/", pathNot: "^src/(?:simulator|cli)/" },
    { path: "^src/simulator/" },
  ),
  rule(
    "nobody-imports-cli",
    "The command line is the outermost edge. Move the shared piece into src/app or src/shared.",
    { path: PRODUCT, pathNot: "^src/cli/" },
    { path: "^src/cli/" },
  ),
];

const ground = [
  rule(
    "shared-is-the-ground",
    "src/shared stands below every room. Move what needs a room up into that room.",
    { path: "^src/shared/" },
    { path: PRODUCT, pathNot: ["^src/shared/", "^entities/"] },
  ),
  rule(
    "texts-stand-low",
    "src/i18n knows words, not features. Pass the facts of the sentence as parameters.",
    { path: "^src/i18n/" },
    { path: PRODUCT, pathNot: [GROUND, PURE_TIME, VOCABULARY] },
  ),
  rule(
    "port-stands-low",
    "The port describes chats, not our product. Pass facts as parameters.",
    { path: "^src/platform/" },
    { path: PRODUCT, pathNot: ["^src/platform/", GROUND, VOCABULARY] },
  ),
  rule(
    "pages-see-the-contract",
    "Pages run in a browser. They use src/console/contract (types), src/console/charts, the texts and the vocabulary; everything else comes by /api/v1.",
    { path: WEB },
    { path: PRODUCT, pathNot: [WEB, CONSOLE_GROUND, GROUND, VOCABULARY] },
  ),
  rule(
    "nobody-imports-pages",
    "Pages are built by Vite and served as files. Move what the server needs into src/console/contract or src/console/charts.",
    { path: PRODUCT, pathNot: WEB },
    { path: WEB },
  ),
  rule(
    "console-ground-stands-low",
    "What pages and server share runs in both: no Node modules, no rooms but texts, shared and vocabulary.",
    { path: CONSOLE_GROUND },
    { path: PRODUCT, pathNot: [CONSOLE_GROUND, GROUND, VOCABULARY] },
  ),
  rule(
    "pictures-draw-what-they-are-given",
    "src/pictures turns a model into bytes. Compute the model in src/digests and hand it in.",
    { path: "^src/pictures/" },
    { path: PRODUCT, pathNot: ["^src/pictures/", CONSOLE_GROUND, GROUND, PURE_TIME, VOCABULARY] },
  ),
  rule(
    "pure-rooms",
    "src/statistics and src/surveys/reply compute from what they are given. Read files, time and chance outside and pass the result in.",
    { path: "^src/(?:statistics/|surveys/reply(?:/|[.]ts$))" },
    { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"] },
  ),
  rule(
    "statistics-stand-low",
    "Formulas know numbers, not rows or members. Turn rows into numbers in the caller.",
    { path: "^src/statistics/" },
    { path: PRODUCT, pathNot: ["^src/statistics/", "^src/shared/", VOCABULARY] },
  ),
  rule(
    "pure-time-stays-pure",
    "All rooms use these files because they only compute. Put what reads, waits or names the store into scheduler*.ts or a file named -worker, -service or -ticker.",
    { path: PURE_TIME },
    { pathNot: [PURE_TIME, GROUND, VOCABULARY, "node_modules/croner/"] },
  ),
];

const packages = [
  home(
    "web-server-stays-at-the-edge",
    "hono|@hono/[^/]+",
    "^(?:src/http|adapters/[^/]+)/",
    "HTTP belongs to src/http and to an adapter's own routes. Return a value and let the edge answer.",
  ),
  home(
    "drawing-stays-in-pictures",
    "@takumi-rs/[^/]+|@twemoji/[^/]+|@fontsource-variable/[^/]+",
    "^src/pictures/",
    "The drawing engine is young: only src/pictures knows it. Ask it for a picture of a model.",
  ),
  home(
    "charts-have-one-home",
    "echarts",
    "^src/(?:pictures|console)/",
    "Charts are drawn from src/console/charts, for the page and the picture alike.",
  ),
  home(
    "pages-own-their-packages",
    "react|react-dom|@mantine/[^/]+|@tanstack/[^/]+|dayjs",
    WEB,
    "Packages of the browser stay in src/console/web.",
  ),
  home(
    "password-hashing-stays-at-the-edge",
    "@node-rs/argon2",
    "^src/http/",
    "Signing in belongs to src/http. Let src/app hand over what it needs as a function.",
  ),
  home(
    "cron-stays-in-scheduling",
    "croner|node-cron",
    "^src/scheduling/",
    "Ask src/scheduling/recurrence for the next time; only the scheduler ticks.",
  ),
  home(
    "arguments-stay-in-cli",
    "commander",
    "^src/cli/",
    "Arguments are read once, in src/cli. Take the value as a parameter.",
  ),
  home(
    "natural-stays-in-detection",
    "natural",
    "^src/complaints/detection/",
    "English stemming and sentiment are signals of src/complaints/detection. Ask for its verdict.",
  ),
  rule(
    "natural-by-sub-path",
    "The root of `natural` loads everything it has. Import the one file that you need, such as natural/lib/natural/stemmers/porter_stemmer.js.",
    { path: PRODUCT },
    { path: "node_modules/natural/lib/natural/index[.]js$" },
  ),
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [...wholeTree, ...data, ...platforms, ...rooms, ...ground, ...packages],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, "tsconfig.json") },
    enhancedResolveOptions: {
      conditionNames: ["source", "import", "node", "default"],
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};
