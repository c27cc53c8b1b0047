/**
 * Words that viewers may see, because they are nobody's name: those that the carrier documents for the course of a call, and
 * those that this Worker writes in the same places. Anything else there may be personal data. Pure.
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
const PHRASES = new Set(["never arrived", "no sign of life", "sent elsewhere"]);

/** Types of the carrier's RTC events: the documented groups, then the documented words within each. */
const RTC =
  /^(?:audio|leg|member|conversation|rtc)(?::(?:speaking|mute|earmuff|say|play|record|asr|dtmf|status|invited|joined|left|media|created|updated|deleted|terminate|update|done|start|stop|on|off)){1,3}$/;

export function isWord(text: string): boolean {
  return WORDS.has(text) || PHRASES.has(text) || RTC.test(text);
}
