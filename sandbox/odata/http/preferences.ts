import { GAP, sameCharacter, wholeText } from '../../kit';
import { splitOutside } from '../syntax/query-options';

/** The `Prefer` header, read. Source: Dataverse docs, compose-http-requests-handle-errors. */
export interface Preferences {
  representation: boolean;
  continueOnError: boolean;
  trackChanges: boolean;
  maxPageSize?: number;
  wantsAnnotation(name: string): boolean;
  hasAnnotations: boolean;
  /** `Preference-Applied` of an answer with the given parts. */
  applied(...names: PreferenceName[]): Record<string, string>;
}

export type PreferenceName =
  | 'return'
  | 'odata.include-annotations'
  | 'odata.maxpagesize'
  | 'odata.continue-on-error'
  | 'odata.track-changes';

export function parsePreferences(header: string | undefined): Preferences {
  const entries = new Map(splitQuoted(header ?? '').map(parseEntry));
  const patterns = (entries.get('odata.include-annotations') ?? '')
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .map(annotationPattern);
  const size = Number(entries.get('odata.maxpagesize'));
  return {
    representation: entries.get('return')?.toLowerCase() === 'representation',
    continueOnError:
      entries.has('odata.continue-on-error') && entries.get('odata.continue-on-error') !== 'false',
    trackChanges: entries.has('odata.track-changes'),
    maxPageSize: Number.isInteger(size) && size > 0 ? size : undefined,
    hasAnnotations: patterns.length > 0,
    wantsAnnotation: (name) => patterns.some((matches) => matches(name)),
    applied: (...names) => appliedHeader(entries, names),
  };
}

function appliedHeader(
  entries: ReadonlyMap<string, string>,
  names: readonly string[],
): Record<string, string> {
  const parts = names
    .filter((name) => entries.has(name))
    .map((name) => {
      const value = entries.get(name) ?? '';
      if (value === '') return name;
      return name === 'odata.include-annotations' ? `${name}="${value}"` : `${name}=${value}`;
    });
  return parts.length > 0 ? { 'Preference-Applied': parts.join(',') } : {};
}

function parseEntry(entry: string): [string, string] {
  const equals = entry.indexOf('=');
  if (equals < 0) return [entry.trim().toLowerCase(), ''];
  const value = entry.slice(equals + 1).trim();
  return [entry.slice(0, equals).trim().toLowerCase(), value.replace(/^"(.*)"$/, '$1')];
}

/** Commas inside double quotes belong to the value. Some clients join preferences by semicolons. */
function splitQuoted(header: string): string[] {
  const marked = header.replace(/"[^"]*"/g, (quoted) => quoted.replaceAll(',', '\u0000'));
  return splitOutside(marked.replaceAll(';', ','), ',')
    .map((part) => part.replaceAll('\u0000', ',').trim())
    .filter((part) => part !== '');
}

/** A name of an annotation, in any case, where `*` stands for any text. */
function annotationPattern(pattern: string): (name: string) => boolean {
  const parts = [...pattern.toLowerCase()].map((character) =>
    character === '*' ? GAP : sameCharacter(character),
  );
  const matches = wholeText(parts);
  return (name) => matches(name.toLowerCase());
}
