/** What a live feed is made from, and its messages as text. */

export interface Source<State> {
  /** Everything that is shown, at this moment. */
  now(): State;
  snapshot(state: State, seq: number): object;
  /** What changed from `before` to `after`; null where nothing did. */
  delta(before: State, after: State, seq: number): object | null;
  /** A message as a viewer may see it. */
  masked(message: object): object;
}

/** A message as text, masked or not. Each text is made once, and only when somebody gets it. */
export function textsOf<State>(
  source: Source<State>,
  message: () => object,
  texts = new Map<boolean, string>(),
): (masked: boolean) => string {
  return (masked) => {
    const known = texts.get(masked);
    if (known !== undefined) return known;
    const whole = message();
    const text = JSON.stringify(masked ? source.masked(whole) : whole);
    texts.set(masked, text);
    return text;
  };
}
