import { expect, it } from "vitest";
import { hindrance, type Session } from "../../../../src/dashboard/shell/permissions.ts";

function session(role: Session["role"], carrier: string[], dial: string[]): Session {
  return {
    role,
    settings: { carrier, dial },
    webhooks: { answer: "", event: "", fallback: "" },
  };
}

it("lets an operator do everything where all is set", () => {
  const whole = session("operator", [], []);
  expect(hindrance(whole, "operator")).toBeNull();
  expect(hindrance(whole, "carrier")).toBeNull();
  expect(hindrance(whole, "dial")).toBeNull();
});

it("names the settings that are missing, and hinders nothing that does without them", () => {
  const bare = session("operator", ["VONAGE_PRIVATE_KEY"], ["VONAGE_PRIVATE_KEY", "DIAL_PREFIXES"]);
  expect(hindrance(bare, "operator")).toBeNull();
  expect(hindrance(bare, "carrier")).toMatch(/VONAGE_PRIVATE_KEY, which is not set/);
  expect(hindrance(bare, "dial")).toMatch(
    /VONAGE_PRIVATE_KEY and DIAL_PREFIXES, which are not set/,
  );
});

it("lets a viewer do nothing, whatever is set", () => {
  for (const need of ["operator", "carrier", "dial"] as const) {
    expect(hindrance(session("viewer", [], []), need)).toMatch(/viewer/);
  }
});
