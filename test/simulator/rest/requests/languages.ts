/**
 * The languages that the carrier's voices speak: the 46 of the Vonage Voice API 1.10.0 (schema `language`), and the 21 that its Node
 * and Java SDKs list beside them. Whether the platform speaks these is not documented; an SDK's enum is the carrier's word too.
 */
export const LANGUAGES: readonly string[] = (
  "ar ca-ES cmn-CN cmn-TW cs-CZ cy-GB da-DK de-DE el-GR en-AU en-GB en-GB-WLS en-IN en-US en-ZA es-ES es-MX es-US " +
  "eu-ES fi-FI fil-PH fr-CA fr-FR he-IL hi-IN hu-HU id-ID is-IS it-IT ja-JP ko-KR nb-NO nl-NL no-NO pl-PL pt-BR " +
  "pt-PT ro-RO ru-RU sk-SK sv-SE th-TH tr-TR uk-UA vi-VN yue-CN " +
  "af-ZA bg-BG bn-IN de-AT en-GB-SCT en-IE en-NZ es-CO gl-ES gu-IN kn-IN lt-LT lv-LV ml-IN mr-IN ms-MY nl-BE pa-IN " +
  "sr-RS ta-IN te-IN"
).split(" ");
