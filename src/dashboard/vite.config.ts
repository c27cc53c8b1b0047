/** Builds the page into static assets whose names contain a hash of their content, so that browsers may cache them for ever. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { defineConfig, type Plugin } from "vite";
import { thinPhoneFormats } from "./phone-formats.ts";

const PROJECT_ROOT = path.resolve(import.meta.dirname, "../..");

/** The API's description, which is served from the assets. */
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
    // Tests set PAGE_DIR, since they build the page concurrently.
    outDir: path.resolve(PROJECT_ROOT, process.env["PAGE_DIR"] ?? "dist"),
    emptyOutDir: true,
    target: "es2022",
    // Nothing is inlined, which keeps the content security policy simple.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
