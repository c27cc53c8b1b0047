/** The body of `POST …/participants`: whom to call, and how. Pure. */
import * as v from "valibot";
import { Flag, VOICE_KEYS } from "../../../lines/parse/keys.ts";
import { digitsIn } from "../../../vonage/numbers.ts";

/** As many as a conference has room for by default. */
const MAX_NUMBERS = 50;

const NUMBER_RULE = "must be a phone number in quotes, country code first: 7 to 15 digits";
const LIST_RULE = `must be a list of 1 to ${MAX_NUMBERS} numbers`;

/** A phone number, in digits. */
const PhoneNumber = v.pipe(
  v.string(NUMBER_RULE),
  v.transform((text) => digitsIn(text) ?? ""),
  v.regex(/^\d{7,15}$/, NUMBER_RULE),
);

export const INVITATION = {
  to: v.pipe(
    v.array(PhoneNumber, LIST_RULE),
    v.minLength(1, LIST_RULE),
    v.maxLength(MAX_NUMBERS, LIST_RULE),
    v.transform((numbers) => [...new Set(numbers)]),
  ),
  /** The number that calls; where it is missing, that of the conference's only line. */
  from: v.optional(PhoneNumber),
  language: v.optional(VOICE_KEYS.language),
  /** Whether those who are called must press 1 to join. */
  pressOne: v.optional(Flag, true),
  /** Whether an answering machine is hung up on. */
  machineDetection: v.optional(Flag, true),
};

export type Invitation = v.InferOutput<v.ObjectSchema<typeof INVITATION, undefined>>;

/** The numbers that begin with none of the prefixes. */
export function numbersOutside(numbers: readonly string[], prefixes: readonly string[]): string[] {
  return numbers.filter((number) => !prefixes.some((prefix) => number.startsWith(prefix)));
}
