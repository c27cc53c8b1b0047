/** How the page is built: into static assets that name each other by their content, and so can be kept for good. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { defineConfig, type Plugin } from "vite";
import { thinPhoneFormats } from "./phone-formats.ts";

const PROJECT_ROOT = path.resolve(import.meta.dirname, "../..");

/** The API's description, which the Worker hands out from its assets. */
function apiDescription(): Plugin {
  return {
    name: "api-description",
    generateBundle() {
      const source = readFileSync(path.join(PROJECT_ROOT, "src/contract/openapi.json"));
      this.emitFile({ type: "asset", fileName: "api/openapi.json", source });
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  // The Worker's other assets: the hold music, and the headers of all of them.
  publicDir: path.join(PROJECT_ROOT, "src/assets"),
  plugins: [thinPhoneFormats(), apiDescription()],
  build: {
    // Tests say otherwise in PAGE_DIR: they build the page side by side.
    outDir: path.resolve(PROJECT_ROOT, process.env["PAGE_DIR"] ?? "dist"),
    emptyOutDir: true,
    target: "es2022",
    // Everything is a file of its own: what the content security policy allows is then plain to see.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
