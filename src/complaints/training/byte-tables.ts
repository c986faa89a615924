import type { ByteTable } from "../detection/model-file.js";
import type { Weights } from "./fit-linear.js";

/** Share of the weights that may be cut to the largest byte. */
const CUT = 0.0005;

function largestOf(weights: Float32Array): number {
  const sizes = weights
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .sort();
  return sizes[Math.floor(sizes.length * (1 - CUT))] ?? 1;
}

/** Rounds the weights of several outputs to bytes, each by a scale of its own, side by side. */
export function toBytes(outputs: readonly Weights[]): ByteTable {
  const width = outputs.length;
  const scales = outputs.map(({ weights }) => Math.fround(largestOf(weights) / 127));
  const bytes = new Int8Array(width * (outputs[0]?.weights.length ?? 0));
  outputs.forEach(({ weights }, column) => {
    const scale = scales[column] ?? 1;
    for (let at = 0; at < weights.length; at += 1) {
      const rounded = Math.round((weights[at] ?? 0) / scale);
      bytes[at * width + column] = Math.max(-127, Math.min(127, rounded));
    }
  });
  return { scales, biases: outputs.map(({ bias }) => Math.fround(bias)), weights: bytes };
}
