import { expect, it } from "vitest";
import { permissionNote, type Session } from "../../../../src/dashboard/shell/permissions.ts";

function session(role: Session["role"], carrier: string[], dial: string[]): Session {
  return {
    role,
    settings: { carrier, dial },
    webhooks: { answer: "", event: "", fallback: "" },
  };
}

it("lets an operator do everything where all is set", () => {
  const whole = session("operator", [], []);
  expect(permissionNote(whole, "operator")).toBeNull();
  expect(permissionNote(whole, "carrier")).toBeNull();
  expect(permissionNote(whole, "dial")).toBeNull();
});

it("names the settings that are missing, and hinders nothing that does without them", () => {
  const bare = session("operator", ["VONAGE_PRIVATE_KEY"], ["VONAGE_PRIVATE_KEY", "DIAL_PREFIXES"]);
  expect(permissionNote(bare, "operator")).toBeNull();
  expect(permissionNote(bare, "carrier")).toMatch(/VONAGE_PRIVATE_KEY, which is not set/);
  expect(permissionNote(bare, "dial")).toMatch(
    /VONAGE_PRIVATE_KEY and DIAL_PREFIXES, which are not set/,
  );
});

it("lets a viewer do nothing, whatever is set", () => {
  for (const need of ["operator", "carrier", "dial"] as const) {
    expect(permissionNote(session("viewer", [], []), need)).toMatch(/viewer/);
  }
});
