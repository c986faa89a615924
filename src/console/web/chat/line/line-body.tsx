import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { cx } from "../../shared/cx.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { ChatPicture } from "./chat-picture.js";
import { withFaces } from "./chat-words.js";
import { Choices } from "./choices.js";
import classes from "./line.module.css";

const MENTION = /(@[^\s@，,。：:]{1,30})/u;

function Words({ text }: { readonly text: string }) {
  const pieces = withFaces(text).split(MENTION);
  return (
    <p className={classes.words}>
      {pieces.map((piece, index) =>
        index % 2 === 1 ? (
          // The pieces of one text never change places.
          <span key={`${index} ${piece}`} className={classes.mention}>
            {piece}
          </span>
        ) : (
          piece
        ),
      )}
    </p>
  );
}

function Quoted({ quote }: { readonly quote: NonNullable<SimulatedLine["quote"]> }) {
  const { chat } = useTexts();
  const { scene, focusLine } = useScene();
  const name =
    quote.memberId === null ? chat.bot : (scene.memberById.get(quote.memberId)?.name ?? "?");
  return (
    <button type="button" className={classes.quote} onClick={() => focusLine(quote.lineId)}>
      <span className={classes.quoteText}>{chat.announceOne(name, withFaces(quote.text))}</span>
    </button>
  );
}

/** The words of a line, what it quotes, its buttons and its picture. */
export function LineBody({ line }: { readonly line: SimulatedLine }) {
  const { chat } = useTexts();
  const hasWords = line.text !== "";
  return (
    <div className={cx(classes.body, line.picture !== null && classes.withPicture)}>
      {line.quote === null ? null : <Quoted quote={line.quote} />}
      <div className={classes.bubble}>
        {hasWords ? <Words text={line.text} /> : null}
        {line.picture === null ? null : <ChatPicture picture={line.picture} />}
        {line.edited ? <span className={classes.edited}>{chat.edited}</span> : null}
      </div>
      {line.choices.length === 0 ? null : <Choices line={line} />}
    </div>
  );
}
