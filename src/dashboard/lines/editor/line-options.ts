/** The options of a line, each with an example and an explanation. Pure. */

export const LINE_OPTIONS: readonly (readonly [key: string, example: string, words: string])[] = [
  ["conference", '"standup"', "the room"],
  ["rooms", '{ "2001": "standup" }', "instead, many rooms, by the code that callers enter"],
  ["pin", '"480215"', "callers are asked for it"],
  ["moderatorPin", '"73190"', "who enters it is a moderator"],
  ["waitForModerator", "true", "guests hear music until a moderator comes"],
  ["endWithModerator", "true", "the room ends when its last moderator leaves"],
  ["mute", "true", "guests cannot be heard"],
  ["maxParticipants", "30", "so many are let in"],
  ["allow", '["+44"]', "whose calls are taken, by first digits; deny is the other way round"],
  [
    "hours",
    '{ "timeZone": "Europe/Berlin", "open": { "mon-fri": "08:00-18:00" } }',
    "when calls are taken",
  ],
  ["greeting", '"Welcome."', "what is heard first"],
  ["announceCount", "true", "… and how many are there already"],
  ["language", '"de-DE"', "of the voice, and of the words"],
  ["record", "true", "the carrier records the room"],
  ["strict", "true", "nobody is let in while the conference cannot be asked"],
  ["startOnEnter", "true", "callers of this line start the room; false: they wait"],
  ["endOnExit", "true", "the room ends when a caller of this line hangs up"],
  ["musicOnHoldUrl", '"https://example.com/hold.mp3"', "an MP3 for those who wait"],
  ["prompts", '{ "full": "No room." }', "other words for what callers are told"],
];
