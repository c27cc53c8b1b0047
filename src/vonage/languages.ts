/** The languages of the carrier's voices, by the tags that its API accepts. Pure. */

/** The tags in Voice API 1.10.0: schema `language` of `talk` to a leg. */
const DESCRIBED =
  "ar ca-ES cmn-CN cmn-TW cs-CZ cy-GB da-DK de-DE el-GR en-AU en-GB en-GB-WLS en-IN en-US en-ZA es-ES es-MX es-US " +
  "eu-ES fi-FI fil-PH fr-CA fr-FR he-IL hi-IN hu-HU id-ID is-IS it-IT ja-JP ko-KR nb-NO nl-NL no-NO pl-PL pt-BR " +
  "pt-PT ro-RO ru-RU sk-SK sv-SE th-TH tr-TR uk-UA vi-VN yue-CN";

/**
 * Further tags in the SDKs: `TTSLanguages` of the Node SDK (@vonage/voice 1.24.1) and `TextToSpeechLanguage` of the Java SDK
 * (9.x), which alone has lt-LT and mr-IN. The Node SDK's `de-ET` (German in Ethiopia) is left out: the Java SDK does not have it.
 */
const IN_SDKS =
  "af-ZA bg-BG bn-IN de-AT en-GB-SCT en-IE en-NZ es-CO gl-ES gu-IN kn-IN lt-LT lv-LV ml-IN mr-IN ms-MY nl-BE pa-IN " +
  "sr-RS ta-IN te-IN";

/**
 * A language without a region means its likeliest region by CLDR ("likely subtags"): `pt` is pt-BR, and `en` is en-US, the
 * carrier's default. That is the first tag of the language in the lists above, except for these.
 */
const MAIN = "en-US fr-FR";

const TAGS = `${MAIN} ${DESCRIBED} ${IN_SDKS}`.split(" ");
const BY_NAME: ReadonlyMap<string, string> = new Map(
  // A later entry replaces an earlier one. Reversed, the first tag in the lists wins.
  TAGS.toReversed().flatMap((tag) => [
    [primaryOf(tag), tag],
    [tag.toLowerCase(), tag],
  ]),
);

/** The carrier's default. */
const DEFAULT = "en-US";

/** The carrier's tag for a typed language, in any case, with or without a region; null if no voice speaks it. */
export function languageTag(typed: string): string | null {
  return BY_NAME.get(nameOf(typed)) ?? null;
}

/** The same, but falls back to the main region of the language, and then to the carrier's default. */
export function nearestLanguage(typed: string): string {
  return languageTag(typed) ?? BY_NAME.get(primaryOf(nameOf(typed))) ?? DEFAULT;
}

/** Most tags call Mandarin `zh`, the carrier calls it `cmn` (RFC 5646, section 4.1.1). */
function nameOf(typed: string): string {
  return typed.toLowerCase().replace(/^zh(?=-|$)/, "cmn");
}

function primaryOf(tag: string): string {
  return tag.split("-", 1)[0] ?? tag;
}
