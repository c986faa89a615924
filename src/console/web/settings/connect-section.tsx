import { Badge, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { isDemo } from "../app/mode.js";
import { useTexts } from "../shared/use-texts.js";
import { Section } from "./section.js";
import classes from "./settings.module.css";

/** How a real group will be connected; says truly what is not there yet. */
export function ConnectSection() {
  const { connect } = useTexts().settings;
  return (
    <Section id="connect" title={connect.title}>
      <ul className={classes.platforms}>
        {[connect.slack, connect.wechat].map((name) => (
          <li key={name} className={classes.platform}>
            <strong>{name}</strong>
            <Badge color="gray" variant="light" tt="none">
              {connect.later}
            </Badge>
          </li>
        ))}
      </ul>
      <p className={classes.text}>{connect.text}</p>
      {isDemo() ? (
        <Button variant="light" renderRoot={(props) => <Link to="/chat" {...props} />}>
          {connect.tryReplay}
        </Button>
      ) : null}
    </Section>
  );
}
