import { fitForXml, isFitForXml } from './xml';

type Holder = Record<string, unknown>;

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** Whether all texts within a value can be sent. */
export function isFit(value: unknown): boolean {
  if (typeof value === 'string') return isFitForXml(value);
  // Not by their keys: of a list those would be made into texts first, which takes longer than to look at its texts.
  return !isHolder(value) || Object.values(value).every(isFit);
}

function changed(value: Holder, fitText: (text: string) => string): Holder {
  let copy: Holder | undefined;
  for (const [key, one] of Object.entries(value)) {
    const fit = fitTexts(one, fitText);
    if (fit === one) continue;
    copy ??= Array.isArray(value) ? ([...value] as unknown as Holder) : { ...value };
    copy[key] = fit;
  }
  return copy ?? value;
}

/** The value with all texts within it made fit: itself where they are, else a copy of what had to be changed. */
export function fitTexts<Value>(value: Value, fitText: (text: string) => string): Value;
export function fitTexts(value: unknown, fitText: (text: string) => string): unknown {
  if (typeof value === 'string') return fitText(value);
  return isHolder(value) && !(value instanceof Date) ? changed(value, fitText) : value;
}

function pathTo(at: string, key: string, isList: boolean): string {
  if (isList) return `${at}[${key}]`;
  return at === '' ? key : `${at}.${key}`;
}

function fitWithin(holder: Holder, at: string, tell: (field: string) => void): void {
  for (const [key, value] of Object.entries(holder)) {
    const path = pathTo(at, key, Array.isArray(holder));
    if (typeof value === 'string') {
      const fit = fitForXml(value);
      if (fit === value) continue;
      holder[key] = fit;
      tell(path);
    } else if (isHolder(value)) fitWithin(value, path, tell);
  }
}

/** Makes all texts of a document fit to be sent, in their place. `tell` hears which fields were changed. */
export function fitDocument(document: object, tell: (field: string) => void): void {
  // Hardly any document has such a text, and then nothing but this look is paid for.
  if (!isFit(document)) fitWithin(document as Holder, '', tell);
}
