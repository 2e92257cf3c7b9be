/**
 * Text that XML 1.0 can hold (W3C, "Characters"): tab, line feed, carriage return, and everything from the blank on but
 * half surrogate pairs, U+FFFE and U+FFFF. Dataverse refuses any other with 0x80040278.
 */
const UNFIT = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ALL_UNFIT = new RegExp(UNFIT, 'gu');
/** These part words as a blank does. */
const PARTS_WORDS = new Set(['\u000b', '\u000c', '\u001c', '\u001d', '\u001e', '\u001f']);

export function isFitForXml(text: string): boolean {
  return !UNFIT.test(text);
}

/** The text without what XML 1.0 cannot hold. The same text where there is nothing of it. */
export function fitForXml(text: string): string {
  if (!UNFIT.test(text)) return text;
  return text.replace(ALL_UNFIT, (character) => (PARTS_WORDS.has(character) ? ' ' : ''));
}
