/** Builds the Worker and its page, once it is sure that there is a browser to look at it. */
import type { TestProject } from "vitest/node";
import { setup as buildOnce } from "../../support/build-once.ts";
import { chromiumPath } from "../../support/chromium.ts";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  chromiumPath();
  return await buildOnce(project);
}
