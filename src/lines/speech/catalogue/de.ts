/** What callers are told, in German. */
import type { Catalogue } from "./en.ts";

export const de: Catalogue = {
  greeting: "Bitte warten Sie, wir verbinden Sie mit der Konferenz",
  recorded: "Diese Konferenz wird aufgezeichnet.",
  "nobody-here": "Sie sind als Erstes da.",
  "one-here": "Eine weitere Person ist bereits da.",
  "others-here": "{count} weitere Personen sind bereits da.",

  "ask-code": "Bitte geben Sie Ihren Konferenzcode ein und drücken Sie dann die Rautetaste.",
  "ask-code-again":
    "Diesen Code kennen wir nicht. Bitte geben Sie Ihren Konferenzcode noch einmal ein und drücken Sie dann die Rautetaste.",
  "ask-pin": "Bitte geben Sie Ihre PIN ein und drücken Sie dann die Rautetaste.",
  "ask-pin-again":
    "Diese PIN ist nicht richtig. Bitte geben Sie Ihre PIN noch einmal ein und drücken Sie dann die Rautetaste.",
  "ask-pin-or-hash":
    "Wenn Sie die Konferenz leiten, geben Sie bitte Ihre PIN ein und drücken Sie dann die Rautetaste. Andernfalls drücken Sie einfach die Rautetaste.",
  "ask-pin-or-hash-again":
    "Diese PIN ist nicht richtig. Bitte geben Sie sie noch einmal ein und drücken Sie dann die Rautetaste. Um als Gast teilzunehmen, drücken Sie einfach die Rautetaste.",
  "no-entry":
    "Wir haben keine Eingabe von Ihnen erhalten. Bitte rufen Sie noch einmal an. Auf Wiederhören.",
  invitation: "Sie sind zur Konferenz {conference} eingeladen. Drücken Sie die 1, um teilzunehmen.",

  "unknown-number":
    "Zu der gewählten Rufnummer gibt es keine Konferenz. Bitte prüfen Sie die Nummer. Auf Wiederhören.",
  "misconfigured-line":
    "Es tut uns leid, dieser Konferenzanschluss ist nicht richtig eingerichtet. Bitte sagen Sie dem Betreiber Bescheid. Auf Wiederhören.",
  "line-unavailable":
    "Es tut uns leid, wir können Sie gerade nicht verbinden. Bitte rufen Sie gleich noch einmal an. Auf Wiederhören.",
  "not-allowed":
    "Es tut uns leid, dieser Konferenzanschluss nimmt keine Anrufe von Ihrer Nummer an. Auf Wiederhören.",
  closed:
    "Es tut uns leid, dieser Konferenzanschluss ist zurzeit geschlossen. Bitte rufen Sie später noch einmal an. Auf Wiederhören.",
  "wrong-code":
    "Es tut uns leid, Ihre Eingabe ist nicht richtig. Bitte prüfen Sie sie und rufen Sie noch einmal an. Auf Wiederhören.",
  "too-many-tries":
    "Es tut uns leid, es gab in kurzer Zeit zu viele Eingaben. Bitte warten Sie eine Minute und rufen Sie noch einmal an. Auf Wiederhören.",
  full: "Es tut uns leid, die Konferenz ist voll. Bitte rufen Sie später noch einmal an. Auf Wiederhören.",
  locked:
    "Es tut uns leid, die Konferenz ist gesperrt, und es kann niemand mehr hinzukommen. Auf Wiederhören.",
  banned: "Es tut uns leid, Sie können an dieser Konferenz nicht teilnehmen. Auf Wiederhören.",
  "not-joined": "Sie wurden nicht mit der Konferenz verbunden. Auf Wiederhören.",
};
