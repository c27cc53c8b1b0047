/** What those who are logged in may do. Pure. */

export interface Session {
  role: "operator" | "viewer";
  settings: {
    /** Names of the settings that are missing to act on calls; none where all is there. */
    carrier: readonly string[];
    /** … and to call people. */
    dial: readonly string[];
  };
  /** The addresses that the carrier is to be given. */
  webhooks: { answer: string; event: string; fallback: string };
}

/** What an action takes: an operator; with settings to act on calls; with one to call people. */
export type Need = "operator" | "carrier" | "dial";

/** Why somebody cannot do something that takes this, in words; null where they can. */
export function hindrance({ role, settings }: Session, need: Need): string | null {
  if (role !== "operator") return "You are logged in as a viewer, who may look but not act.";
  const missing = need === "operator" ? [] : settings[need];
  if (missing.length === 0) return null;
  const [are, names] = [missing.length === 1 ? "is" : "are", missing.join(" and ")];
  const purpose = need === "dial" ? "To call people" : "To act on calls";
  return `${purpose}, the Worker needs ${names}, which ${are} not set.`;
}
