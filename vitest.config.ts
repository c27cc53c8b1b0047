import { availableParallelism } from "node:os";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Settings of the tests: published values, good for nothing else. */
const TEST_SETTINGS = {
  VONAGE_SIGNATURE_SECRET: "integration-test-secret-0123456789abcdef",
  API_TOKEN: "integration-test-token",
  VIEWER_TOKEN: "integration-test-viewer-token",
};

/**
 * Test files at once. On two cores Vitest would take one: each file with a worker of its own spends a second on starting, in which
 * the other core does nothing.
 */
const MAX_WORKERS = Math.max(2, availableParallelism() - 1);

/** Tests that start servers: the Worker is built once for each project. */
const END_TO_END = {
  environment: "node",
  globalSetup: "test/support/build-once.ts",
  testTimeout: 180_000,
  hookTimeout: 60_000,
} as const;
const STORM = "test/e2e/rooms.test.ts";

export default defineConfig({
  test: {
    maxWorkers: MAX_WORKERS,
    // The Worker logs a line a webhook; it is of interest where a test fails.
    silent: "passed-only",
    projects: [
      {
        test: {
          // Plain Node: a pure file that touches the platform fails here.
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          environment: "node",
          // Pure functions leave nothing behind; a process for each file took longer than its tests.
          isolate: false,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: TEST_SETTINGS },
          }),
        ],
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...END_TO_END,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          // After the others. Most of the time these tests wait, so two files share the machine.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          exclude: [STORM],
        },
      },
      {
        test: {
          ...END_TO_END,
          // A storm of callers within the answer's deadline wants the machine to itself.
          name: "e2e-alone",
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
          include: [STORM],
        },
      },
      {
        test: {
          // In a real browser, which not every machine has: `npm run test:browser`.
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          environment: "node",
          globalSetup: "test/browser/support/build.ts",
          sequence: { groupOrder: 3 },
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 45_000 } },
        },
      },
    ],
  },
});
