/** The description of the API as a document: what a public linter says of it, and how tightly it describes. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import description from "../../../src/contract/openapi.json" with { type: "json" };
import { en } from "../../../src/lines/speech/catalogue/en.ts";
import { lineKeys } from "../../../src/lines/parse/keys.ts";

const FILE = path.resolve(import.meta.dirname, "../../../src/contract/openapi.json");

/** What the linter may complain about, and why it is right all the same. */
const ACCEPTED: Readonly<Record<string, string>> = {
  "operation-2xx-response #/paths/~1api~1live/get/responses": "a WebSocket opens with 101",
  "operation-2xx-response #/paths/~1api~1conferences~1{name}~1live/get/responses":
    "a WebSocket opens with 101",
  "operation-4xx-response #/paths/~1health/get/responses": "whoever asks is told",
};

/** What other schemas are made of, so that it cannot say what else there may be; and what says so on purpose. */
const OPEN = ["RoomOptions", "OpenApiDocument"];

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

/** Every node below this one, and it itself, with the way there. */
function nodes(value: unknown, way: string): [way: string, node: Node][] {
  if (!isNode(value)) return [];
  const below = Object.entries(value).filter(([key]) => key !== "example" && key !== "default");
  return [[way, value], ...below.flatMap(([key, inner]) => nodes(inner, `${way}/${key}`))];
}

describe("the description of the API", () => {
  it("is accepted by the linter, whole and without a warning that is not meant to be", async () => {
    const config = await createConfig({ extends: ["recommended"], telemetry: "off" });
    const problems = await lintFromString({
      source: readFileSync(FILE, "utf8"),
      absoluteRef: FILE,
      config,
    });
    const found = problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer}`);
    expect(found.toSorted()).toEqual(Object.keys(ACCEPTED).toSorted());
  });

  it("is of this version", () => {
    expect(description.info.version).toBe(manifest.version);
  });

  it("leaves no object open, so that a field that it does not know is noticed", () => {
    const open = nodes(description, "#")
      .filter(([, node]) => isNode(node["properties"]) && node["type"] === "object")
      .filter(([, node]) => !("additionalProperties" in node) && !("unevaluatedProperties" in node))
      .map(([way]) => way);
    expect(open).toEqual(OPEN.map((name) => `#/components/schemas/${name}`));
  });

  it("knows every key of a line, and every prompt", () => {
    const { LineValue, RoomOptions } = description.components.schemas;
    const keys = [...Object.keys(LineValue.properties), ...Object.keys(RoomOptions.properties)];
    expect([...new Set(keys)].toSorted()).toEqual(Object.keys(lineKeys(50)).toSorted());
    // No line can change these two.
    const { "unknown-number": _, "misconfigured-line": __, ...prompts } = en;
    const names = RoomOptions.properties.prompts.propertyNames.enum;
    expect(names.toSorted()).toEqual(Object.keys(prompts).toSorted());
  });

  it("says of every field of an answer whether it is always there", () => {
    const { Participant, Conference, Batch, LegRecord, Line } = description.components.schemas;
    for (const { required, properties } of [Participant, Conference, Batch, LegRecord, Line]) {
      expect(required.toSorted()).toEqual(Object.keys(properties).toSorted());
    }
  });
});
