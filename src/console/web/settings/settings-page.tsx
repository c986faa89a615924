import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useIdentity } from "../api/access.js";
import { isDemo } from "../app/mode.js";
import { useTexts } from "../shared/use-texts.js";
import { AppearanceSection } from "./appearance-section.js";
import { ConnectSection } from "./connect-section.js";
import { HealthSection } from "./health-section.js";
import { PasswordSection } from "./password-section.js";
import { SessionsSection } from "./sessions-section.js";
import classes from "./settings.module.css";
import { WechatSection } from "./wechat-section.js";

/** Language, looks, password, signed-in browsers, health, and how to connect a real group. */
export function SettingsPage() {
  const { settings } = useTexts();
  const identity = useIdentity();
  const { hash } = useLocation();
  useEffect(() => {
    if (hash !== "") document.getElementById(hash)?.scrollIntoView({ block: "start" });
  }, [hash]);
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{settings.title}</h1>
      <div className={classes.columns}>
        <div className={classes.column}>
          <AppearanceSection />
          <PasswordSection />
          <SessionsSection />
        </div>
        <div className={classes.column}>
          <HealthSection />
          {isDemo() ? null : <WechatSection />}
          <ConnectSection />
          <p className={classes.about}>
            {settings.about.version(identity.data?.version ?? "")}
            {" · "}
            <a href="/api/openapi.json">{settings.about.api}</a>
          </p>
        </div>
      </div>
    </div>
  );
}
