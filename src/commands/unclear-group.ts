import type { Group } from "#entities/index.js";
import type { CommandTexts } from "#src/i18n/commands.js";
import type { Answer, Call } from "./command-call.js";
import { groupHere, groupNamed, groupsInReach, type NamedGroup } from "./command-scope.js";

/** Why a name stands for no one group, with the nearest names. */
export function unclearGroup(
  texts: CommandTexts,
  name: string,
  named: Exclude<NamedGroup, { kind: "found" }>,
): string {
  return named.kind === "several"
    ? texts.groups.several(named.names)
    : texts.groups.unknown(name, named.near);
}

/** The one group that a changing command is about, or the question which one. */
export type OneGroup =
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "answer"; readonly answer: Answer };

/**
 * The group of a command that changes something: the named one; else the group it was said in; else
 * the only one in reach. Among several it is asked, with `example` to show where the name goes.
 */
export async function oneGroup(
  call: Call,
  name: string,
  example: (group: string) => string,
): Promise<OneGroup> {
  const { tx, texts } = call;
  const groups = await groupsInReach(tx, call);
  if (name !== "") {
    const named = groupNamed(name, groups);
    return named.kind === "found"
      ? { kind: "group", group: named.group }
      : { kind: "answer", answer: { text: unclearGroup(texts, name, named) } };
  }
  const here = groupHere(call);
  if (here !== null) return { kind: "group", group: here };
  const [only, second] = groups;
  if (only === undefined) return { kind: "answer", answer: { text: texts.groups.none } };
  if (second === undefined) return { kind: "group", group: only };
  const names = groups.map((group) => group.name);
  const text = texts.groups.which(names, example(only.name));
  return { kind: "answer", answer: { text } };
}
