/** What a caller experiences, step by step, from an NCCO. Pure. */
import {
  spokenText,
  type ConversationAction,
  type InputAction,
  type Ncco,
  type Talk,
} from "../../vonage/ncco.ts";

export interface Step {
  /** What happens. */
  words: string;
  /** The words that are spoken; null where none are. */
  spoken: string | null;
  /** The language of the words; null for the default, English. */
  language: string | null;
}

export function stepsOf(ncco: Ncco): Step[] {
  return ncco.map((action, index) => {
    switch (action.action) {
      case "talk":
        return talkStep(action, ncco[index - 1]?.action === "input");
      case "input":
        return inputStep(action);
      case "conversation":
        return conversationStep(action);
    }
  });
}

function talkStep({ text, language }: Talk, afterInput: boolean): Step {
  const words = afterInput ? "Hears, where nothing comes of the entry:" : "Hears:";
  return {
    words,
    spoken: spokenText(text).replace(/\s+/g, " ").trim(),
    language: language ?? null,
  };
}

function inputStep({ dtmf: { maxDigits, submitOnHash, timeOut } }: InputAction): Step {
  const end = submitOnHash ? ", ended with the hash key" : "";
  const digits = maxDigits === 1 ? "a digit" : `up to ${maxDigits} digits`;
  const words = `Is asked for digits: may enter ${digits}${end}, with ${timeOut} seconds for each.`;
  return { words, spoken: null, language: null };
}

function conversationStep(action: ConversationAction): Step {
  const { name, startOnEnter, endOnExit, musicOnHoldUrl, record, mute } = action;
  const more = [
    startOnEnter === false &&
      `waits ${musicOnHoldUrl === undefined ? "" : "with music "}until somebody starts the room`,
    startOnEnter === true && "starts the room",
    mute === true && "cannot be heard",
    endOnExit === true && "ends the room by hanging up",
    record === true && "is recorded",
  ].filter((words) => words !== false);
  const words = [`Comes into the conference ${name}`, ...more].join(", ");
  return { words: `${words}.`, spoken: null, language: null };
}
