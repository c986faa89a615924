import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BlockFault, blockFaults, type Surface } from "#adapters/slack/block-limits.js";
import {
  LONGEST_MESSAGE,
  type RenderedMessage,
  renderMessage,
} from "#adapters/slack/render-message.js";
import { withoutControls } from "#adapters/slack/slack-text.js";
import { actionOfButton } from "#adapters/slack/translate-interaction.js";
import { cutText, piecesOf } from "#src/platform/cut-text.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { PlatformError } from "#src/platform/platform-error.js";

const TRICKY =
  "@所有人 <!channel> <@U123> *粗* _x_ ~y~ `z` <https://x.example|点我> &amp; 10:30:45";

type Block = Readonly<Record<string, unknown>>;

const CHART = {
  type: "data_visualization",
  title: "x",
  chart: { type: "pie", segments: [{ label: "x", value: 1 }] },
};

/** Blocks as the fields that go over the wire. */
function fieldsOf({ blocks = [] }: RenderedMessage): readonly Block[] {
  return blocks.map((block) => ({ ...block }));
}

function blocksOf(
  message: OutboundMessage,
  kind: "alert" | "survey" | "reply" = "reply",
): readonly Block[] {
  return fieldsOf(renderMessage(message, { kind }));
}

function words(blocks: readonly Block[]): string {
  return blocks
    .filter((block) => block["type"] === "section" || block["type"] === "header")
    .map((block) => (block["text"] as { text: string }).text)
    .join("\n");
}

describe("a rendered message", () => {
  it("is plain text that can neither mention, link nor format", () => {
    const { text, blocks } = renderMessage({ text: TRICKY });
    expect(blocks).toBeUndefined();
    expect(text).not.toMatch(/[<>]/);
    expect(text).toContain("&lt;!channel&gt;");
    expect(text).toContain("&amp;amp;");
  });

  it("shows a card's first line as its title and the rest as it is", () => {
    const blocks = blocksOf({ text: `P1 #12 阳光里3群\n${TRICKY}\n第三行` }, "alert");
    expect(blocks.map((block) => block["type"])).toEqual(["header", "section"]);
    expect(blocks[1]).toMatchObject({ text: { type: "plain_text", text: `${TRICKY}\n第三行` } });
  });

  it("has buttons with one id each that name their action", () => {
    const blocks = blocksOf({
      text: "满意吗",
      choices: [
        {
          action: "vote",
          choices: [
            { label: "5 很满意", value: "r|q|5", style: "primary" },
            { label: "1\n很不满意", value: "r|q|1" },
          ],
        },
        { action: "case.take", choices: [{ label: "接手", value: "c" }] },
      ],
    });
    const elements = blocks.flatMap((block) => (block["elements"] ?? []) as readonly Block[]);
    expect(elements.map((one) => actionOfButton(String(one["action_id"])))).toEqual([
      "vote",
      "vote",
      "case.take",
    ]);
    expect(new Set(elements.map((one) => one["action_id"])).size).toBe(3);
    expect(elements[1]).toMatchObject({ text: { text: "1 很不满意" } });
  });

  it("mentions the members it is told to, and nobody else", () => {
    const mentions = [
      { platform: "slack", memberId: "T1/U1" },
      { platform: "slack", memberId: "T1/U2> <!channel" },
    ];
    expect(renderMessage({ text: "请看 <!here>", mentions }).text).toBe(
      "<@U1> <@U2> 请看 &lt;!here&gt;",
    );
  });

  it("leaves out what would turn or clear a reader's screen", () => {
    const { text } = renderMessage({ text: "a\u001b]52;c;x\u0007b\u202Ec\nd" });
    expect(text).toBe("a]52;c;xbc\nd");
  });

  it("brings its picture with words for who cannot see it", () => {
    const { blocks = [] } = renderMessage(
      { text: "日报\n一切都好" },
      { kind: "digest", picture: { fileId: "F1", alt: "满意度 92%" } },
    );
    expect(blocks.at(-1)).toEqual({
      type: "image",
      slack_file: { id: "F1" },
      alt_text: "满意度 92%",
    });
  });

  it("is refused when there is nothing to say or too much", () => {
    const refused = (message: OutboundMessage): unknown => {
      try {
        return renderMessage(message);
      } catch (error) {
        return error;
      }
    };
    const value = "x".repeat(2_001);
    for (const message of [
      { text: " \n" },
      { text: "长".repeat(LONGEST_MESSAGE + 1) },
      { text: "x", choices: [{ action: "vote", choices: [{ label: "x", value }] }] },
    ]) {
      const error = refused(message);
      expect(error).toBeInstanceOf(PlatformError);
      expect(error).toMatchObject({ code: "rejected" });
    }
  });

  it("never breaks a limit and never loses a word, whatever is said", () => {
    const unit = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.constantFrom("长", "🍓", "👨‍👩‍👧", "\n", "<", "&", ":rage:", "*", "字".repeat(3_001)),
    );
    const text = fc.array(unit, { minLength: 1, maxLength: 60 }).map((parts) => parts.join(""));
    const choice = fc.record({ label: text, value: fc.string({ maxLength: 100 }) });
    const row = fc.record({
      action: fc.constantFrom("vote", "case.confirm"),
      choices: fc.array(choice, { minLength: 1, maxLength: 30 }),
    });
    fc.assert(
      fc.property(text, fc.array(row, { maxLength: 2 }), (said, choices) => {
        fc.pre(said.length <= LONGEST_MESSAGE && said.isWellFormed());
        const visible = withoutControls(said);
        fc.pre(visible.trim() !== "");
        const message = choices.length === 0 ? { text: said } : { text: said, choices };
        const rendered = renderMessage(message, { kind: "survey" });
        const blocks = fieldsOf(rendered);
        expect(blockFaults({ blocks }, "message")).toEqual([]);
        if (blocks.length > 0)
          expect(words(blocks).replaceAll(/\s/g, "")).toBe(visible.replaceAll(/\s/g, ""));
      }),
      { numRuns: 200 },
    );
  });
});

describe("a cut text", () => {
  it("keeps whole characters", () => {
    expect(cutText("🍓🍓🍓", 4)).toBe("🍓…");
    expect(cutText("abc", 3)).toBe("abc");
    expect(piecesOf("🍓🍓🍓", 3)).toEqual(["🍓", "🍓", "🍓"]);
    expect(piecesOf("aaaa\nbb", 6)).toEqual(["aaaa", "bb"]);
    expect(piecesOf("", 5)).toEqual([""]);
  });
});

describe("the limits", () => {
  const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
  const button = (next: object = {}) => ({
    type: "button",
    action_id: "a",
    text: { type: "plain_text", text: "x" },
    ...next,
  });
  const view = (next: object) => ({
    type: "modal",
    title: { type: "plain_text", text: "x" },
    blocks: [section("x")],
    ...next,
  });
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => button({ action_id: String(index) }));
  const label = (length: number) => ({ type: "plain_text", text: "x".repeat(length) });

  const tooMuch: readonly (readonly [string, object, Surface?])[] = [
    ["51 blocks", { blocks: Array.from({ length: 51 }, () => section("x")) }],
    ["a section of 3001", { blocks: [section("x".repeat(3_001))] }],
    ["an empty section", { blocks: [section("")] }],
    ["a section without anything", { blocks: [{ type: "section" }] }],
    ["half a character", { blocks: [section("\ud83c")] }],
    ["a header of 151", { blocks: [{ type: "header", text: label(151) }] }],
    ["26 buttons", { blocks: [{ type: "actions", elements: many(26) }] }],
    ["a label of 76", { blocks: [{ type: "actions", elements: [button({ text: label(76) })] }] }],
    [
      "a value of 2001",
      { blocks: [{ type: "actions", elements: [button({ value: "x".repeat(2_001) })] }] },
    ],
    ["one id twice in a row", { blocks: [{ type: "actions", elements: [button(), button()] }] }],
    ["one block id twice", { blocks: [1, 2].map(() => ({ ...section("x"), block_id: "b" })) }],
    ["a block id of 256", { blocks: [{ ...section("x"), block_id: "b".repeat(256) }] }],
    ["11 elements of context", { blocks: [{ type: "context", elements: many(11) }] }],
    [
      "11 fields",
      { blocks: [{ type: "section", fields: Array.from({ length: 11 }, () => label(1)) }] },
    ],
    ["a field of 2001", { blocks: [{ type: "section", fields: [label(2_001)] }] }],
    ["a picture without words", { blocks: [{ type: "image", slack_file: { id: "F1" } }] }],
    ["three charts", { blocks: [CHART, CHART, CHART] }],
    ["all texts together", { blocks: [1, 2, 3, 4].map(() => section("x".repeat(2_600))) }],
    ["a modal's title of 25", view({ title: label(25) }), "modal"],
    ["a button of a modal of 25", view({ submit: label(25) }), "modal"],
    ["metadata of 3001", view({ private_metadata: "x".repeat(3_001) }), "modal"],
    [
      "101 blocks in a modal",
      view({ blocks: Array.from({ length: 101 }, () => section("x")) }),
      "modal",
    ],
    ["a chart in a modal", view({ blocks: [CHART] }), "modal"],
    [
      "101 options",
      {
        blocks: [
          {
            type: "section",
            text: label(1),
            accessory: {
              type: "static_select",
              options: Array.from({ length: 101 }, () => ({ text: label(1), value: "x" })),
            },
          },
        ],
      },
    ],
    [
      "an option's value of 151",
      {
        blocks: [
          {
            type: "input",
            label: label(1),
            element: {
              type: "static_select",
              options: [{ text: label(1), value: "x".repeat(151) }],
            },
          },
        ],
      },
      "modal",
    ],
    [
      "a hint of 151 inside a field",
      {
        blocks: [
          {
            type: "input",
            label: label(1),
            element: { type: "plain_text_input", placeholder: label(151) },
          },
        ],
      },
      "modal",
    ],
    [
      "a question of 301 before a press",
      {
        blocks: [
          {
            type: "actions",
            elements: [button({ confirm: { title: label(1), text: label(301) } })],
          },
        ],
      },
    ],
  ];

  it.each(tooMuch.map(([name, payload, surface = "message"]) => ({ name, payload, surface })))(
    "know $name",
    ({ payload, surface }) => {
      const faults: readonly BlockFault[] = blockFaults(payload as Block, surface);
      expect(faults).toHaveLength(1);
      expect(faults[0]?.path).toMatch(/^(?:blocks|view)/);
    },
  );

  it("let pass what is as long as may be", () => {
    const blocks = [
      section("x".repeat(3_000)),
      { type: "header", text: label(150) },
      { type: "actions", elements: many(25) },
    ];
    expect(blockFaults({ blocks }, "message")).toEqual([]);
    expect(blockFaults(view({ title: label(24) }) as Block, "modal")).toEqual([]);
  });
});
