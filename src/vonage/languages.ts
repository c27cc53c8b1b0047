/** The languages that the carrier's voices speak, by the tags that it knows them by. */

/** Voice API 1.10.0, schema `language` of `talk` to a leg. */
const DESCRIBED =
  "ar ca-ES cmn-CN cmn-TW cs-CZ cy-GB da-DK de-DE el-GR en-AU en-GB en-GB-WLS en-IN en-US en-ZA es-ES es-MX es-US " +
  "eu-ES fi-FI fil-PH fr-CA fr-FR he-IL hi-IN hu-HU id-ID is-IS it-IT ja-JP ko-KR nb-NO nl-NL no-NO pl-PL pt-BR " +
  "pt-PT ro-RO ru-RU sk-SK sv-SE th-TH tr-TR uk-UA vi-VN yue-CN";

/**
 * What the SDKs list beside them: `TTSLanguages` of the Node SDK (@vonage/voice 1.24.1) and `TextToSpeechLanguage` of the Java SDK
 * (9.x), which alone has lt-LT and mr-IN. Not the Node SDK's `de-ET`, German in Ethiopia, which the Java SDK does not have.
 */
const IN_SDKS =
  "af-ZA bg-BG bn-IN de-AT en-GB-SCT en-IE en-NZ es-CO gl-ES gu-IN kn-IN lt-LT lv-LV ml-IN mr-IN ms-MY nl-BE pa-IN " +
  "sr-RS ta-IN te-IN";

/**
 * Which of several a bare language means: the one of the region that CLDR takes for the likeliest (its "likely subtags"), so that
 * `pt` is Brazil's and `en` is the carrier's own default. It is the first one in the lists, but for these.
 */
const MAIN = "en-US fr-FR";

const TAGS = `${MAIN} ${DESCRIBED} ${IN_SDKS}`.split(" ");
const BY_NAME: ReadonlyMap<string, string> = new Map(
  // Of two entries of one name the later one counts, which is the first in the lists.
  TAGS.toReversed().flatMap((tag) => [
    [primaryOf(tag), tag],
    [tag.toLowerCase(), tag],
  ]),
);

/** What is spoken where no language is given. */
const DEFAULT = "en-US";

/** The carrier's tag for a language as somebody typed it, in whatever case, with or without a region; null for none. */
export function languageTag(typed: string): string | null {
  return BY_NAME.get(nameOf(typed)) ?? null;
}

/** The same, but for a region that no voice is of the language's main one, and for any other language the carrier's default. */
export function nearestLanguage(typed: string): string {
  return languageTag(typed) ?? BY_NAME.get(primaryOf(nameOf(typed))) ?? DEFAULT;
}

/** Mandarin, which most tags call Chinese (RFC 5646, section 4.1.1). */
function nameOf(typed: string): string {
  return typed.toLowerCase().replace(/^zh(?=-|$)/, "cmn");
}

function primaryOf(tag: string): string {
  return tag.split("-", 1)[0] ?? tag;
}
