/** Parses the values of command-line options and reports what is wrong with them. */

export interface CliValues {
  /** An option's text, or what holds without it. */
  text(name: string, fallback: string): string;
  /** @throws Error where it is no number from `least` to `most`. */
  number(name: string, fallback: number, least: number, most: number): number;
  /** @throws Error where it is none of them. */
  choice<T extends string>(name: string, values: readonly T[], fallback: T): T;
}

/** A reader of what `parseArgs` found. */
export function cliValues(given: Readonly<Record<string, unknown>>): CliValues {
  const text = (name: string, fallback: string): string => {
    const value = given[name];
    return typeof value === "string" ? value : fallback;
  };
  return {
    text,
    number(name, fallback, least, most) {
      const value = Number(text(name, String(fallback)));
      if (value >= least && value <= most) return value;
      throw new Error(`--${name} must be a number from ${least} to ${most}`);
    },
    choice(name, values, fallback) {
      const value = values.find((each) => each === text(name, fallback));
      if (value !== undefined) return value;
      throw new Error(`--${name} must be one of ${values.join(", ")}`);
    },
  };
}
