import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const SOURCES = path.join("test", "bench");
const COMPILED = path.join("dist", SOURCES);

/**
 * Compiles the product and the benches, so that what is measured is what users run and no loader sits
 * beside it. Returns the compiled folder; throws when the product does not compile.
 */
export function compileBenches(): string {
  const built = spawnSync(process.execPath, [path.join(".tools", "build.mjs"), "--if-needed"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (built.status !== 0) throw new Error("the build failed");
  rmSync(path.join("dist", "test"), { recursive: true, force: true });
  const waiting = readdirSync(SOURCES)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join(SOURCES, name));
  const seen = new Set(waiting);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const other of compileFile(file)) {
      if (seen.has(other)) continue;
      seen.add(other);
      waiting.push(other);
    }
  }
  return COMPILED;
}

/** Compiles one file of `test`; returns the files beside it that it imports. */
function compileFile(file: string): readonly string[] {
  const source = readFileSync(file, "utf8");
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    },
  });
  const target = path.join("dist", file.replace(/\.ts$/, ".js"));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, outputText);
  return ts
    .preProcessFile(outputText)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => path.join(path.dirname(file), name.replace(/\.js$/, ".ts")));
}
