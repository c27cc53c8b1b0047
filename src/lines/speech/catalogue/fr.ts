/** What callers are told, in French. */
import type { Catalogue } from "./en.ts";

export const fr: Catalogue = {
  greeting: "Veuillez patienter, nous vous mettons en relation avec la conférence",
  recorded: "Cette conférence est enregistrée.",
  "nobody-here": "Personne d'autre n'est encore arrivé.",
  "one-here": "Une autre personne est déjà en ligne.",
  "others-here": "{count} autres personnes sont déjà en ligne.",

  "ask-code": "Veuillez saisir votre code de conférence, puis appuyer sur la touche dièse.",
  "ask-code-again":
    "Nous ne connaissons pas ce code. Veuillez saisir à nouveau votre code de conférence, puis appuyer sur la touche dièse.",
  "ask-pin": "Veuillez saisir votre code PIN, puis appuyer sur la touche dièse.",
  "ask-pin-again":
    "Ce code PIN n'est pas correct. Veuillez saisir à nouveau votre code PIN, puis appuyer sur la touche dièse.",
  "ask-pin-or-hash":
    "Si vous animez la conférence, veuillez saisir votre code PIN, puis appuyer sur la touche dièse. Sinon, appuyez simplement sur la touche dièse.",
  "ask-pin-or-hash-again":
    "Ce code PIN n'est pas correct. Veuillez le saisir à nouveau, puis appuyer sur la touche dièse. Pour participer sans code PIN, appuyez simplement sur la touche dièse.",
  "no-entry": "Nous n'avons pas reçu votre saisie. Veuillez rappeler. Au revoir.",
  invitation: "Vous êtes invité à la conférence {conference}. Appuyez sur 1 pour y participer.",

  "unknown-number":
    "Le numéro que vous avez composé ne correspond à aucune conférence. Veuillez vérifier le numéro. Au revoir.",
  "misconfigured-line":
    "Nous sommes désolés, cette ligne de conférence n'est pas correctement configurée. Veuillez en informer son opérateur. Au revoir.",
  "line-unavailable":
    "Nous sommes désolés, nous ne pouvons pas vous connecter pour le moment. Veuillez rappeler dans un instant. Au revoir.",
  "not-allowed":
    "Nous sommes désolés, cette ligne de conférence n'accepte pas les appels de votre numéro. Au revoir.",
  closed:
    "Nous sommes désolés, cette ligne de conférence est fermée pour le moment. Veuillez rappeler plus tard. Au revoir.",
  "wrong-code":
    "Nous sommes désolés, votre saisie n'est pas correcte. Veuillez la vérifier et rappeler. Au revoir.",
  "too-many-tries":
    "Nous sommes désolés, il y a eu trop de saisies en peu de temps. Veuillez patienter une minute, puis rappeler. Au revoir.",
  full: "Nous sommes désolés, la conférence est complète. Veuillez rappeler plus tard. Au revoir.",
  locked:
    "Nous sommes désolés, la conférence est verrouillée et personne ne peut plus la rejoindre. Au revoir.",
  banned: "Nous sommes désolés, vous ne pouvez pas participer à cette conférence. Au revoir.",
  "not-joined": "Vous n'avez pas été mis en relation avec la conférence. Au revoir.",
};
