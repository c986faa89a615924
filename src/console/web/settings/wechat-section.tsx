import { Badge, Skeleton } from "@mantine/core";
import type { WechatView } from "#src/console/contract/wechat.js";
import { useWechat } from "../api/wechat.js";
import { cx } from "../shared/cx.js";
import { dayAndTime } from "../shared/format.js";
import { ErrorState } from "../shared/states.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import { Section } from "./section.js";
import classes from "./settings.module.css";

const COLOURS: Readonly<Record<WechatView["state"], string>> = {
  off: "gray",
  starting: "yellow",
  scan: "yellow",
  in: "teal",
  out: "red",
};

function Code({ qr }: { readonly qr: NonNullable<WechatView["qr"]> }) {
  const { wechat: words } = useTexts().settings;
  return (
    <div className={classes.scan}>
      <svg
        className={classes.code}
        role="img"
        aria-label={words.codeLabel}
        viewBox={`0 0 ${String(qr.size)} ${String(qr.size)}`}
        shapeRendering="crispEdges"
      >
        <path d={qr.path} fill="#000" />
      </svg>
      <div>
        <p className={classes.step}>{words.scan}</p>
        <p className={classes.dim}>{words.scanCare}</p>
      </div>
    </div>
  );
}

function Sending({ sending }: Pick<WechatView, "sending">) {
  const { wechat: words } = useTexts().settings;
  const language = useLanguage();
  const until = sending.until === null ? null : dayAndTime(sending.until, { language });
  return (
    <div className={cx(classes.part, classes.tall)}>
      <dt>{words.sending}</dt>
      <dd>
        {sending.on ? words.on : words.off}
        {sending.held === null ? null : (
          <p className={classes.dim}>
            {words.held[sending.held]}
            {until === null ? "" : words.until(until)}
          </p>
        )}
      </dd>
    </div>
  );
}

function HeldRooms({ rooms }: { readonly rooms: WechatView["heldRooms"] }) {
  const { wechat: words } = useTexts().settings;
  const language = useLanguage();
  if (rooms.length === 0) return null;
  return (
    <>
      <p className={classes.step}>{words.heldRooms(rooms.length)}</p>
      <p className={classes.dim}>{words.bind}</p>
      <ul className={classes.sessions}>
        {rooms.map(({ topic, since }) => (
          <li key={`${topic}/${String(since)}`} className={classes.session}>
            <span className={classes.agent}>{topic === "" ? words.noTopic : topic}</span>
            <span className={classes.dim}>{words.heldSince(dayAndTime(since, { language }))}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Session({ view }: { readonly view: WechatView }) {
  const { wechat: words } = useTexts().settings;
  const language = useLanguage();
  return (
    <>
      <p className={classes.status}>
        <Badge color={COLOURS[view.state]} variant="light" tt="none" flex="none">
          {words.states[view.state]}
        </Badge>
        {view.account === null ? null : <strong>{view.account}</strong>}
        {view.since === null ? null : (
          <span className={classes.dim}>{words.since(dayAndTime(view.since, { language }))}</span>
        )}
      </p>
      {view.qr === null ? null : <Code qr={view.qr} />}
      {view.state === "in" || view.state === "scan" ? null : (
        <p className={classes.dim}>{words.details[view.state]}</p>
      )}
      <dl className={classes.parts}>
        <Sending sending={view.sending} />
      </dl>
      <HeldRooms rooms={view.heldRooms} />
    </>
  );
}

/** The WeChat account: log-in by a code, whether it sends, and the rooms that wait to be bound. */
export function WechatSection() {
  const { wechat: words } = useTexts().settings;
  const wechat = useWechat();
  return (
    <Section id="wechat" title={words.title}>
      {wechat.isError ? (
        <ErrorState error={wechat.error} onRetry={() => void wechat.refetch()} />
      ) : wechat.data === undefined ? (
        <Skeleton height={110} radius="md" />
      ) : wechat.data.since === null ? (
        <p className={classes.dim}>{words.notConfigured}</p>
      ) : (
        <Session view={wechat.data} />
      )}
    </Section>
  );
}
