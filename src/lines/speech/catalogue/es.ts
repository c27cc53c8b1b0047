/** What callers are told, in Spanish. */
import type { Catalogue } from "./en.ts";

export const es: Catalogue = {
  greeting: "Por favor, espere mientras le conectamos con la conferencia",
  recorded: "Esta conferencia se está grabando.",
  "nobody-here": "Todavía no ha llegado nadie más.",
  "one-here": "Ya hay otra persona en la conferencia.",
  "others-here": "Ya hay otras {count} personas en la conferencia.",

  "ask-code":
    "Por favor, introduzca su código de conferencia y, a continuación, pulse la tecla almohadilla.",
  "ask-code-again":
    "No conocemos ese código. Por favor, introduzca de nuevo su código de conferencia y, a continuación, pulse la tecla almohadilla.",
  "ask-pin": "Por favor, introduzca su PIN y, a continuación, pulse la tecla almohadilla.",
  "ask-pin-again":
    "Ese PIN no es correcto. Por favor, introduzca de nuevo su PIN y, a continuación, pulse la tecla almohadilla.",
  "ask-pin-or-hash":
    "Si modera la conferencia, introduzca su PIN y, a continuación, pulse la tecla almohadilla. De lo contrario, pulse solo la tecla almohadilla.",
  "ask-pin-or-hash-again":
    "Ese PIN no es correcto. Por favor, introdúzcalo de nuevo y, a continuación, pulse la tecla almohadilla. Para entrar sin PIN, pulse solo la tecla almohadilla.",
  "no-entry": "No hemos recibido ningún dato. Por favor, vuelva a llamar. Adiós.",
  invitation: "Tiene una invitación a la conferencia {conference}. Pulse 1 para entrar.",

  "unknown-number":
    "El número al que ha llamado no corresponde a ninguna conferencia. Por favor, compruebe el número. Adiós.",
  "misconfigured-line":
    "Lo sentimos, esta línea de conferencias no está bien configurada. Por favor, avise a su operador. Adiós.",
  "line-unavailable":
    "Lo sentimos, no podemos conectarle en este momento. Por favor, vuelva a llamar dentro de un momento. Adiós.",
  "not-allowed":
    "Lo sentimos, esta línea de conferencias no acepta llamadas desde su número. Adiós.",
  closed:
    "Lo sentimos, esta línea de conferencias está cerrada en este momento. Por favor, vuelva a llamar más tarde. Adiós.",
  "wrong-code":
    "Lo sentimos, los datos introducidos no son correctos. Por favor, compruébelos y vuelva a llamar. Adiós.",
  "too-many-tries":
    "Lo sentimos, ha habido demasiados intentos en poco tiempo. Por favor, espere un minuto y vuelva a llamar. Adiós.",
  full: "Lo sentimos, la conferencia está completa. Por favor, vuelva a llamar más tarde. Adiós.",
  locked: "Lo sentimos, la conferencia está bloqueada y ya no puede entrar nadie más. Adiós.",
  banned: "Lo sentimos, no puede entrar en esta conferencia. Adiós.",
  "not-joined": "No se le ha conectado con la conferencia. Adiós.",
};
