import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from "@tanstack/react-router";
import { readCasesSearch } from "../cases/cases-search.js";
import { readChatSearch } from "../chat/chat-search.js";
import { PretendGroupPage } from "../chat/pretend-group-page.js";
import { readOverviewSearch } from "../overview/overview-search.js";
import { readRelaySearch } from "../relay/relay-search.js";
import { PageLoader } from "../shared/states.js";
import { Crash } from "./crash.js";
import { isDemo } from "./mode.js";
import { NotFound } from "./not-found.js";
import { Root } from "./root.js";

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

function Home() {
  return <Navigate to={isDemo() ? "/chat" : "/overview"} replace />;
}

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: Home,
});

const chat = createRoute({
  getParentRoute: () => root,
  path: "/chat",
  validateSearch: readChatSearch,
  component: PretendGroupPage,
});

const overview = createRoute({
  getParentRoute: () => root,
  path: "/overview",
  validateSearch: readOverviewSearch,
  component: lazyRouteComponent(() => import("../overview/overview-page.js"), "OverviewPage"),
});

const cases = createRoute({
  getParentRoute: () => root,
  path: "/cases",
  validateSearch: readCasesSearch,
  component: lazyRouteComponent(() => import("../cases/cases-page.js"), "CasesPage"),
});

const relay = createRoute({
  getParentRoute: () => root,
  path: "/relay",
  validateSearch: readRelaySearch,
  component: lazyRouteComponent(() => import("../relay/relay-page.js"), "RelayPage"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../settings/settings-page.js"), "SettingsPage"),
});

/** The pages and their addresses. Filters live in the address, so that a link shows the same. */
export const router = createRouter({
  routeTree: root.addChildren([home, chat, overview, cases, relay, settings]),
  defaultPreload: "intent",
  defaultPendingComponent: PageLoader,
  defaultErrorComponent: Crash,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
