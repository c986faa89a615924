import { EXIT } from "./exit-codes.js";
import type { Output } from "./output.js";

/** Prints what WeChat and WeCom need and how they are. Exit code 1 when something needs care. */
export async function checkWechat(
  options: { readonly data?: string },
  output: Output,
): Promise<number> {
  const { checkConfiguredWechat } = await import("#src/app/wechat-tools.js");
  const { facts, troubles } = await checkConfiguredWechat(options.data);
  for (const fact of facts) await output.line(fact);
  for (const trouble of troubles) await output.line(`! ${trouble}`);
  await output.line(
    troubles.length === 0 ? "Nothing needs care." : `${String(troubles.length)} need care.`,
  );
  return troubles.length === 0 ? EXIT.ok : EXIT.failed;
}
