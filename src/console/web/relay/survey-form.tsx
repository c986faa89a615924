import { Button, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { RelayGroup, RelaySurveyOutcome } from "#src/console/contract/relay.js";
import { useOpenSurvey, useQuestions } from "../api/relay.js";
import { announce } from "../shared/problem-words.js";
import { useTexts } from "../shared/use-texts.js";
import classes from "./relay.module.css";

const OWN = "own";
const USUAL = "overall-satisfaction";
const KINDS = ["csat", "nps", "yesno", "choice", "text"] as const;
type Kind = (typeof KINDS)[number];

/** Opens a survey: a ready-made question or one's own, with the decision that it serves. */
export function SurveyForm({ group }: { readonly group: RelayGroup }) {
  const { survey: words } = useTexts().relay;
  const questions = useQuestions(group.id);
  const [question, setQuestion] = useState(USUAL);
  const [asked, setAsked] = useState<Asked>(NOTHING_ASKED);
  const [decision, setDecision] = useState("");
  const [hours, setHours] = useState(24);
  const [refused, setRefused] = useState<RelaySurveyOutcome | null>(null);
  const opening = useOpenSurvey(group.id);
  const own = question === OWN;
  const open = (force: boolean): void => {
    const what = own ? requestOf(asked) : { bank: question };
    opening.mutate(
      { ...what, decision, hours, force },
      {
        onSuccess: (outcome) => {
          setRefused(outcome.opened ? null : outcome);
          if (!outcome.opened) return;
          announce(outcome.words.join(" "));
          setDecision("");
          setAsked(NOTHING_ASKED);
        },
      },
    );
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    open(false);
  };
  const data = [
    ...(questions.data ?? []).map((one) => ({ value: one.id, label: one.text })),
    { value: OWN, label: words.own },
  ];
  return (
    <section className={classes.section} aria-labelledby="relay-survey">
      <h2 id="relay-survey" className={classes.heading}>
        {words.title}
      </h2>
      <form className={classes.form} onSubmit={submit}>
        <Select
          label={words.question}
          data={data}
          value={question}
          onChange={(next) => setQuestion(next ?? USUAL)}
          allowDeselect={false}
        />
        {own ? <OwnQuestion asked={asked} onAsked={setAsked} /> : null}
        <TextInput
          label={words.decision}
          placeholder={words.decisionHint}
          value={decision}
          maxLength={300}
          required
          onChange={(event) => setDecision(event.currentTarget.value)}
        />
        <NumberInput
          label={words.hours}
          value={hours}
          min={1}
          max={336}
          clampBehavior="strict"
          allowDecimal={false}
          onChange={(next) => setHours(typeof next === "number" ? next : 24)}
        />
        {refused === null ? null : (
          <div className={classes.warning} role="alert">
            <span>{refused.words.join(" ")}</span>
            {refused.mayForce ? (
              <Button size="compact-sm" variant="light" onClick={() => open(true)}>
                {words.anyway}
              </Button>
            ) : null}
          </div>
        )}
        <Button type="submit" variant="light" loading={opening.isPending}>
          {words.submit}
        </Button>
      </form>
    </section>
  );
}

/** A question in the shop's own words. */
interface Asked {
  readonly text: string;
  readonly kind: Kind;
  /** One option per line. */
  readonly options: string;
}

const NOTHING_ASKED: Asked = { text: "", kind: "csat", options: "" };

function requestOf({ text, kind, options }: Asked) {
  return { text, kind, options: kind === "choice" ? linesOf(options) : [] };
}

function OwnQuestion({
  asked,
  onAsked,
}: {
  readonly asked: Asked;
  readonly onAsked: (asked: Asked) => void;
}) {
  const { survey: words } = useTexts().relay;
  const { text, kind, options } = asked;
  return (
    <>
      <TextInput
        label={words.text}
        value={text}
        maxLength={160}
        required
        onChange={(event) => onAsked({ ...asked, text: event.currentTarget.value })}
      />
      <Select
        label={words.kind}
        data={KINDS.map((value) => ({ value, label: words.kinds[value] ?? value }))}
        value={kind}
        onChange={(next) =>
          onAsked({ ...asked, kind: KINDS.find((one) => one === next) ?? "csat" })
        }
        allowDeselect={false}
      />
      {kind === "choice" ? (
        <Textarea
          label={words.options}
          description={words.optionsHint}
          value={options}
          autosize
          minRows={2}
          required
          onChange={(event) => onAsked({ ...asked, options: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}

function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "");
}
