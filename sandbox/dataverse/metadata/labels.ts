import { createHash } from 'node:crypto';
import type { JsonObject } from '../options';

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

export function label(text: string, id: string): JsonObject {
  const localized: JsonObject = {
    Label: text,
    LanguageCode: ENGLISH,
    IsManaged: true,
    MetadataId: metadataId('label', id),
    HasChanged: null,
  };
  return { LocalizedLabels: [localized], UserLocalizedLabel: { ...localized } };
}

export const noLabel = (): JsonObject => ({ LocalizedLabels: [], UserLocalizedLabel: null });

/** A property that a solution may lock. */
export const managed = (value: string | boolean, name: string): JsonObject => ({
  Value: value,
  CanBeChanged: true,
  ManagedPropertyLogicalName: name,
});

/** Text of a label in a body: `{"LocalizedLabels": [{"Label": "…", "LanguageCode": 1033}]}`. */
export function labelText(value: unknown): string | undefined {
  const { LocalizedLabels: labels } = (value ?? {}) as { LocalizedLabels?: unknown };
  const [first] = Array.isArray(labels) ? (labels as Array<{ Label?: unknown }>) : [];
  return typeof first?.Label === 'string' ? first.Label : undefined;
}
