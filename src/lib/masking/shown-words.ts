/**
 * Words that are nobody's name: those that the carrier's documents list for a call's course, and those that this Worker says
 * in the same places. Whatever else stands there came from somebody. Pure.
 */
const WORDS = new Set(
  `started ringing answered human machine disconnected completed rejected failed busy cancelled unanswered timeout transcribed
  success failure inbound outbound phone sip app websocket vbc transfer record payment notify dtmf snapshot delta
  unavailable carrier_timeout invalid_number restricted declined cannot_route number_out_of_service number_out_of_order
  internal_error platform user beep_start beep_timeout end_on_silence_timeout start_timeout max_duration
  full locked banned unknown-number misconfigured-line line-unavailable not-allowed closed wrong-code too-many-tries
  not-joined unrouted invited prompting released operator viewer checked unchecked unadmitted`.split(
    /\s+/,
  ),
);
const SAYINGS = new Set(["never arrived", "no sign of life", "sent elsewhere"]);

/** Types of the carrier's RTC events, of which it lists those below these. */
const RTC =
  /^(?:audio|leg|member|conversation|rtc)(?::(?:speaking|mute|earmuff|say|play|record|asr|dtmf|status|invited|joined|left|media|created|updated|deleted|terminate|update|done|start|stop|on|off)){1,3}$/;

export function isWord(text: string): boolean {
  return WORDS.has(text) || SAYINGS.has(text) || RTC.test(text);
}
