import { type FieldRule, type Json, type MappingPlan, type MappingSpec } from '../../core/mapping';
import { findDocument } from '../../core/presets';

/** The table of a row that stops a document whose value it does not hold; undefined for every other row. */
function strictTable({ transforms = [], when }: FieldRule): Record<string, Json> | undefined {
  const [first] = transforms;
  if (when !== undefined || typeof first !== 'object' || first.type !== 'lookup') return undefined;
  const { table, otherwise = 'refuse' } = first;
  const isTable = typeof table === 'object' && table !== null && !Array.isArray(table);
  return isTable && otherwise === 'refuse' ? table : undefined;
}

/** The user's own rows that read the document which comes in. */
const ownRows = (mapping: MappingSpec | MappingPlan): FieldRule[] =>
  'steps' in mapping ? (mapping.overlay ?? []) : mapping.fields;

/**
 * What look-ups have no entry for though it is known that the field may hold it: a sample has mostly one or two of the
 * statuses of a shop, and the first order with another one would stop.
 */
export function unlisted(mapping: MappingSpec | MappingPlan): string[] {
  const source = findDocument(mapping.from);
  return ownRows(mapping).flatMap((row) => {
    const table = strictTable(row);
    const values = source?.usual?.[row.from ?? ''] ?? [];
    const missing = table ? values.filter((value) => !Object.hasOwn(table, value)) : [];
    if (source === undefined || missing.length === 0) return [];
    const listed = missing.map((value) => `"${value}"`).join(', ');
    return [
      `The look-up of "${row.to}" has no entry for ${listed}, which "${row.from}" of the ${source.phrase} may be as well. Such a document stops: add what you use to the table, or choose under What Else what becomes of all others.`,
    ];
  });
}
