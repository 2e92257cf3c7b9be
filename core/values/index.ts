/**
 * One reader for each type of value that a shop, a person or a formula may hand over. Each comes twice: `numberIn` gives
 * undefined for what is no number, `readNumber` throws `Unreadable`, which says what was expected and what was found,
 * never the value itself. Nothing is guessed: what could mean two things has to be said (a decimal separator, a zone, a
 * form). Empty is no value of any type; whoever reads asks first, and decides what it means. `docs/readers.md` shows
 * what each accepts, and is made by `test/readers.test.ts`.
 */
export { isNoDate } from './calendar';
export { choiceIn, choiceParts } from './choice';
export type { Choice } from './choice';
export { dayAt, dayIn, readDay, timeAt } from './day';
export { isBlank } from './empty';
export { flagIn, readFlag, readFlagAmong } from './flag';
export { guidIn, isGuidText } from './guid';
export { integerIn, readInteger } from './integer';
export { dayOrMomentIn, isZone, momentIn, namesYear, readMoment, utcSecondIn } from './moment';
export type { DateForm, DayOrMoment } from './moment';
export { readAmount } from './money';
export { decimalText, numberIn, readNumber } from './number';
export type { DecimalSeparator } from './number';
export { readText, textIn } from './text';
export { Unreadable } from './unreadable';
