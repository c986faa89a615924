import path from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(here, "../../..");

/** Builds the pages into dist/console; `vite` with this file serves them beside a running server. */
export default defineConfig({
  root: here,
  base: "/",
  cacheDir: path.join(repository, "node_modules/.vite/console"),
  plugins: [react()],
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
  build: {
    outDir: path.join(repository, "dist/console"),
    emptyOutDir: true,
    target: ["chrome111", "edge111", "firefox115", "safari16.4"],
    // Script policy 'self': nothing may be written into the page itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
    reportCompressedSize: false,
  },
  server: { proxy: { "/api/v1": { target: "http://127.0.0.1:8787" } } },
});
