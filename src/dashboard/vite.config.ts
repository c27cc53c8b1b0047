/** How the page is built: into static assets that name each other by their content, and so can be kept for good. */
import path from "node:path";
import { defineConfig } from "vite";
import { thinPhoneFormats } from "./phone-formats.ts";

const PROJECT_ROOT = path.resolve(import.meta.dirname, "../..");

export default defineConfig({
  root: import.meta.dirname,
  plugins: [thinPhoneFormats()],
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
