/**
 * A seeded random source. Everything that the carrier decides comes from the seed, and each leg draws from a branch of its
 * own, so the results do not depend on the order in which legs draw.
 */
import { createHash } from "node:crypto";

export interface Random {
  /** A number from 0 to 1, without 1. */
  fraction(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  /** That many lower-case hexadecimal digits, at most 64. */
  hex(digits: number): string;
  /** A UUID in the usual spelling with dashes. */
  uuid(): string;
  /** An independent source: it depends on the seed and the label, not on what was drawn before. */
  branch(label: string): Random;
}

const BITS_48 = 2 ** 48;

/** A source of chance: the same seed gives the same answers, on every machine. */
export function createRandom(seed: string): Random {
  let drawn = 0;
  const hex = (digits: number): string => {
    drawn += 1;
    return createHash("sha256").update(`${seed}#${drawn}`).digest("hex").slice(0, digits);
  };
  const fraction = (): number => Number.parseInt(hex(12), 16) / BITS_48;
  return {
    fraction,
    hex,
    integer: (min, max) => min + Math.floor(fraction() * (max - min + 1)),
    chance: (probability) => fraction() < probability,
    uuid: () => hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    branch: (label) => createRandom(`${seed}/${label}`),
  };
}
