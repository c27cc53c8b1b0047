/** What a user may do. Pure. */

export interface Session {
  role: "operator" | "viewer";
  settings: {
    /** Names of the missing settings without which nobody can act on calls. */
    carrier: readonly string[];
    /** The same for calling people. */
    dial: readonly string[];
  };
  /** The URLs to set at the carrier. */
  webhooks: { answer: string; event: string; fallback: string };
}

/** What an action needs: an operator; an operator and the settings to act on calls; or also those to call people. */
export type Need = "operator" | "carrier" | "dial";

/** Why a user cannot do what needs this, in words; null if they can. */
export function permissionNote({ role, settings }: Session, need: Need): string | null {
  if (role !== "operator") return "You are logged in as a viewer, who may look but not act.";
  const missing = need === "operator" ? [] : settings[need];
  if (missing.length === 0) return null;
  const [are, names] = [missing.length === 1 ? "is" : "are", missing.join(" and ")];
  const purpose = need === "dial" ? "To call people" : "To act on calls";
  return `${purpose}, the Worker needs ${names}, which ${are} not set.`;
}
