import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Identity } from "#src/console/contract/access.js";
import { BotMark } from "../shared/bot-mark.js";
import { cx } from "../shared/cx.js";
import { ChartIcon, ChatIcon, GearIcon, InboxIcon, RelayIcon } from "../shared/icons.js";
import { useTexts } from "../shared/use-texts.js";
import { ConnectionNote } from "./connection-note.js";
import { LanguageButton, ThemeButton } from "./preference-buttons.js";
import classes from "./shell.module.css";

const PAGES = [
  { id: "chat", to: "/chat", Icon: ChatIcon, demoOnly: true },
  { id: "overview", to: "/overview", Icon: ChartIcon, demoOnly: false },
  { id: "cases", to: "/cases", Icon: InboxIcon, demoOnly: false },
  { id: "relay", to: "/relay", Icon: RelayIcon, demoOnly: false },
  { id: "settings", to: "/settings", Icon: GearIcon, demoOnly: false },
] as const;

function Navigation({ mode }: { readonly mode: Identity["mode"] }) {
  const { shell } = useTexts();
  const pages = PAGES.filter((page) => mode === "demo" || !page.demoOnly);
  return (
    <nav className={classes.nav} aria-label={shell.navigation}>
      {pages.map(({ id, to, Icon }) => (
        <Link
          key={id}
          to={to}
          className={cx(classes.link)}
          activeProps={{ className: cx(classes.active), "aria-current": "page" }}
          activeOptions={{ includeSearch: false }}
        >
          <span className={classes.pill}>
            <Icon size={22} />
          </span>
          <span className={classes.label}>{shell.shortPages[id]}</span>
        </Link>
      ))}
    </nav>
  );
}

/** Rail with the pages at the left (a tab bar at the foot of a phone), the page beside it. */
export function Shell({
  identity,
  children,
}: {
  readonly identity: Identity;
  readonly children: ReactNode;
}) {
  const { shell } = useTexts();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {shell.skip}
      </a>
      <header className={classes.rail}>
        <div className={classes.brand} title={shell.tagline}>
          <BotMark size={30} />
          <span className={classes.name}>{shell.product}</span>
          {identity.mode === "demo" ? (
            <span className={classes.demo}>{shell.demoBadge}</span>
          ) : null}
        </div>
        <Navigation mode={identity.mode} />
        <div className={classes.tools}>
          <LanguageButton />
          <ThemeButton />
        </div>
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        <ConnectionNote />
        {children}
      </main>
    </div>
  );
}
