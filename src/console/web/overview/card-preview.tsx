import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import type { Language } from "#entities/vocabulary.js";
import type { GroupInfo } from "#src/console/contract/care.js";
import { cardAddress, type Span } from "../api/care.js";
import { cx } from "../shared/cx.js";
import { ZoomIcon } from "../shared/icons.js";
import { PictureDialog } from "../shared/picture-dialog.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./overview.module.css";

type Audience = "staff" | "public";

function Choices({
  audience,
  language,
  onAudience,
  onLanguage,
}: {
  readonly audience: Audience;
  readonly language: Language;
  readonly onAudience: (audience: Audience) => void;
  readonly onLanguage: (language: Language) => void;
}) {
  const { card } = useTexts().overview;
  return (
    <div className={classes.cardChoices}>
      <SegmentedControl
        size="xs"
        aria-label={card.audience.label}
        value={audience}
        onChange={(value) => onAudience(value)}
        data={[
          { value: "staff", label: card.audience.staff },
          { value: "public", label: card.audience.public },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label={card.language}
        value={language}
        onChange={(value) => onLanguage(value)}
        data={[
          { value: "zh", label: "中文" },
          { value: "en", label: "English" },
        ]}
      />
    </div>
  );
}

/** The picture itself; a press opens it large. Says so when it cannot be drawn. */
function Picture({ url, alt }: { readonly url: string; readonly alt: string }) {
  const { card } = useTexts().overview;
  const [state, setState] = useState<"drawing" | "shown" | "failed">("drawing");
  const [isOpen, dialog] = useDisclosure();
  if (state === "failed") return <p className={classes.nothing}>{card.failed}</p>;
  return (
    <>
      <button
        type="button"
        className={classes.card}
        aria-label={`${card.open}: ${alt}`}
        onClick={dialog.open}
      >
        {state === "drawing" ? (
          <Skeleton className={classes.cardWaiting ?? ""} radius="lg" aria-label={card.loading} />
        ) : null}
        <img
          src={url}
          alt={alt}
          className={cx(state === "drawing" && classes.unseen)}
          onLoad={() => setState("shown")}
          onError={() => setState("failed")}
        />
      </button>
      {state === "shown" ? (
        <Button variant="light" leftSection={<ZoomIcon size={18} />} onClick={dialog.open}>
          {card.open}
        </Button>
      ) : null}
      {isOpen ? (
        <PictureDialog picture={{ url, alt }} title={card.title} onClose={dialog.close} />
      ) : null}
    </>
  );
}

/** The digest's picture of this span, exactly as the group receives it. */
export function CardPreview({ group, span }: { readonly group: GroupInfo; readonly span: Span }) {
  const pageLanguage = useLanguage();
  const { card } = useTexts().overview;
  const [audience, setAudience] = useState<Audience>("staff");
  const [language, setLanguage] = useState<Language>(pageLanguage);
  const url = cardAddress(group.id, span, { audience, language });
  return (
    <section className={cx(classes.panel, classes.span12)} aria-label={card.title}>
      <div className={classes.panelHead}>
        <div>
          <h2 className={classes.panelTitle}>{card.title}</h2>
          <p className={classes.panelHint}>{card.hint}</p>
        </div>
        <Choices
          audience={audience}
          language={language}
          onAudience={setAudience}
          onLanguage={setLanguage}
        />
      </div>
      <div className={classes.cardRoom}>
        <Picture key={url} url={url} alt={card.alt(group.name, span.from, span.to)} />
      </div>
    </section>
  );
}
