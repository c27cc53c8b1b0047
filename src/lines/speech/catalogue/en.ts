/**
 * The prompts in English. This catalogue defines their names, and serves languages that have no catalogue of their own.
 * Words in braces are placeholders.
 */
export const en = {
  greeting: "Please wait while we connect you to the conference",
  recorded: "This conference is being recorded.",
  "nobody-here": "You are the first to arrive.",
  "one-here": "One other person is already there.",
  "others-here": "{count} other people are already there.",

  "ask-code": "Please enter your conference code, then press the hash key.",
  "ask-code-again":
    "We do not know that code. Please enter your conference code again, then press the hash key.",
  "ask-pin": "Please enter your PIN, then press the hash key.",
  "ask-pin-again": "That PIN is not right. Please enter your PIN again, then press the hash key.",
  "ask-pin-or-hash":
    "If you are a moderator, please enter your PIN, then press the hash key. Otherwise just press the hash key.",
  "ask-pin-or-hash-again":
    "That PIN is not right. Please enter it again, then press the hash key. To join as a guest, just press the hash key.",
  "no-entry": "We did not receive your entry. Please call again. Goodbye.",
  invitation: "You are invited to the conference {conference}. Press 1 to join.",

  "unknown-number":
    "The number you have called is not connected to a conference. Please check the number. Goodbye.",
  "misconfigured-line":
    "We are sorry, this conference line is not set up correctly. Please tell its operator. Goodbye.",
  "line-unavailable":
    "We are sorry, we cannot connect you right now. Please call again in a moment. Goodbye.",
  "not-allowed":
    "We are sorry, this conference line does not accept calls from your number. Goodbye.",
  closed:
    "We are sorry, this conference line is closed at the moment. Please call again later. Goodbye.",
  "wrong-code": "We are sorry, that entry is not right. Please check it and call again. Goodbye.",
  "too-many-tries":
    "We are sorry, there were too many entries in a short time. Please wait a minute and call again. Goodbye.",
  full: "We are sorry, the conference is full. Please call again later. Goodbye.",
  locked: "We are sorry, the conference is locked, and nobody else can join it now. Goodbye.",
  banned: "We are sorry, you cannot join this conference. Goodbye.",
  "not-joined": "You have not been connected to the conference. Goodbye.",
};

export type PromptName = keyof typeof en;
export type Catalogue = Readonly<Record<PromptName, string>>;
