import { Badge, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useHealth } from "../api/care.js";
import { isDemo } from "../app/mode.js";
import { useTexts } from "../shared/use-texts.js";
import { Section } from "./section.js";
import classes from "./settings.module.css";

const PLATFORMS = ["slack", "wechat", "wecom"] as const;

/** Which real platforms are connected, and where the steps are written. */
export function ConnectSection() {
  const { connect } = useTexts().settings;
  const health = useHealth();
  const connected = new Set(health.data?.adapters.map(({ platform }) => platform));
  return (
    <Section id="connect" title={connect.title}>
      <ul className={classes.platforms}>
        {PLATFORMS.map((platform) => (
          <li key={platform} className={classes.platform}>
            <strong>{connect[platform]}</strong>
            <Badge
              color={connected.has(platform) ? "teal" : "gray"}
              variant="light"
              tt="none"
              flex="none"
            >
              {connected.has(platform) ? connect.on : connect.off}
            </Badge>
          </li>
        ))}
      </ul>
      <p className={classes.text}>{isDemo() ? connect.demo : connect.text}</p>
      {isDemo() ? (
        <Button variant="light" renderRoot={(props) => <Link to="/chat" {...props} />}>
          {connect.tryReplay}
        </Button>
      ) : null}
    </Section>
  );
}
