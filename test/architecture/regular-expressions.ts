import { readFileSync } from "node:fs";
import ts from "typescript";
import { inRepository } from "./planted-tree.js";

/** A regular expression as it stands in the code. */
export interface FoundExpression {
  readonly source: string;
  readonly flags: string;
  /** `file:line`, for the reader of the report. */
  readonly at: string;
}

function splitLiteral(text: string): { readonly source: string; readonly flags: string } {
  const end = text.lastIndexOf("/");
  return { source: text.slice(1, end), flags: text.slice(end + 1) };
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** `new RegExp("…", "…")` and `RegExp("…")` with texts that are known without running. */
function readConstructor(node: ts.Node): { source: string; flags: string } | undefined {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return undefined;
  if (!ts.isIdentifier(node.expression) || node.expression.text !== "RegExp") return undefined;
  const source = textOf(node.arguments?.[0]);
  return source === undefined ? undefined : { source, flags: textOf(node.arguments?.[1]) ?? "" };
}

/** Finds every regular expression literal (and RegExp of a plain text) in one piece of code. */
export function findExpressions(code: string, file: string): readonly FoundExpression[] {
  const tree = ts.createSourceFile(file, code, ts.ScriptTarget.ES2023, true);
  const found: FoundExpression[] = [];
  const visit = (node: ts.Node): void => {
    const parts = ts.isRegularExpressionLiteral(node)
      ? splitLiteral(node.text)
      : readConstructor(node);
    if (parts !== undefined) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      found.push({ ...parts, at: `${file}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The same for a file of the repository. */
export function expressionsOf(file: string): readonly FoundExpression[] {
  return findExpressions(readFileSync(inRepository(file), "utf8"), file);
}
