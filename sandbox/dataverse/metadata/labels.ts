import { createHash } from 'node:crypto';
import type { JsonObject } from '../options';
import type { Call } from '../operations/call';
import type { Labels } from '../schema/types';

const ENGLISH = 1033;

/** A GUID that is always the same for the same piece of metadata. */
export function metadataId(...path: string[]): string {
  const hex = createHash('sha256').update(path.join('/')).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The user's own text is that in English, the language of the environment. */
export function label(text: string, id: string, labels: Labels = { [ENGLISH]: text }): JsonObject {
  const localized = Object.entries(labels).map(([code, own]): JsonObject => ({
    Label: own,
    LanguageCode: Number(code),
    IsManaged: true,
    // The label of the base language has its id from the piece alone.
    MetadataId:
      Number(code) === ENGLISH ? metadataId('label', id) : metadataId('label', id, String(code)),
    HasChanged: null,
  }));
  const user = localized.find(({ LanguageCode: code }) => code === ENGLISH) ?? localized[0];
  return { LocalizedLabels: localized, UserLocalizedLabel: user ? { ...user } : null };
}

export const noLabel = (): JsonObject => ({ LocalizedLabels: [], UserLocalizedLabel: null });

/** A description is a label that a piece need not have. */
export const description = (labels: Labels | undefined, id: string): JsonObject =>
  labels && Object.keys(labels).length > 0
    ? label(baseText(labels) ?? '', `${id} description`, labels)
    : noLabel();

/** A property that a solution may lock. */
export const managed = (value: string | boolean, name: string): JsonObject => ({
  Value: value,
  CanBeChanged: true,
  ManagedPropertyLogicalName: name,
});

/** Texts of a label in a body: `{"LocalizedLabels": [{"Label": "…", "LanguageCode": 1033}]}`. */
export function readLabels(value: unknown): Labels {
  const { LocalizedLabels: labels } = (value ?? {}) as { LocalizedLabels?: unknown };
  const list = Array.isArray(labels)
    ? (labels as Array<{ Label?: unknown; LanguageCode?: unknown }>)
    : [];
  return Object.fromEntries(
    list
      .filter(({ Label: text }) => typeof text === 'string')
      .map(({ Label: text, LanguageCode: code = ENGLISH }) => [Number(code), String(text)]),
  );
}

const baseText = (labels: Labels): string | undefined =>
  labels[ENGLISH] ?? Object.values(labels)[0];

export const labelText = (value: unknown): string | undefined => baseText(readLabels(value));

interface Labelled {
  label: string;
  labels?: Labels;
}

export const labelsOf = ({ label: text, labels }: Labelled): Labels =>
  labels ?? { [ENGLISH]: text };

/**
 * Labels of a definition that replaces another one. Documented: with the header `MSCRM.MergeLabels: true` languages that
 * the body leaves out stay; without it they are lost.
 */
export const replacedLabels = (call: Call, before: Labels, value: unknown): Labels =>
  call.request.headers['mscrm.mergelabels']?.toLowerCase() === 'true'
    ? mergedLabels(before, value)
    : readLabels(value);

export const mergedLabels = (before: Labels, value: unknown): Labels => ({
  ...before,
  ...readLabels(value),
});

/** The same as a definition keeps it. */
export const asLabelled = (labels: Labels): Labelled => ({
  label: baseText(labels) ?? '',
  ...(Object.keys(labels).length > 0 ? { labels } : {}),
});
