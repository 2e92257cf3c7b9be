import { noWay } from './api';
import type { Translations } from './wire';

/** Texts stand in translations, one a language: that which is asked for, else English, else the first. */
export function textsIn(
  translations: Translations,
  language = 'en',
): NonNullable<Translations>[number] | undefined {
  const all = translations ?? [];
  const inLanguage = (code: string) => all.find((each) => each.code === code);
  return inLanguage(language) ?? inLanguage('en') ?? all[0];
}

/** The file ending belongs to the address of the page, not to what 5.5 calls the clean URL. */
export const cleanUrlIn = (
  urls: Array<{ cleanURL?: string | null }> | null | undefined,
): string | undefined => urls?.at(-1)?.cleanURL?.replace(/\.html?$/, '');

/** How a document of 5.5 becomes a model of the classic API. */
export interface Fields {
  /** What is written under another name. */
  renamed: Readonly<Record<string, string>>;
  /** What goes into the translation. */
  texts?: Readonly<Record<string, string>>;
  /** What becomes another value. */
  made?: Readonly<Record<string, (value: unknown) => object>>;
}

export const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '';

/**
 * The model that says what the document says.
 *
 * @throws where the document has a field that cannot be written: left out silently, it would seem to be in the store
 */
export function modelOf(
  document: object,
  { renamed, texts = {}, made = {} }: Fields,
  language = 'en',
): Record<string, unknown> {
  const model: Record<string, unknown> = {};
  const translation: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(document)) {
    const [own, text, make] = [renamed[name], texts[name], made[name]];
    if (own !== undefined) model[own] = value;
    else if (text !== undefined) translation[text] = value;
    else if (make !== undefined) Object.assign(model, make(value));
    else if (!isNothing(value)) {
      throw noWay(`way to write ${name}`, `Leave ${name} out, and set it in the X-Cart admin.`);
    }
  }
  if (Object.keys(translation).length > 0)
    model['translations'] = [{ code: language, ...translation }];
  return model;
}
