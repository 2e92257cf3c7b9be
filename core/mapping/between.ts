import type { DocumentField, DocumentType } from '../documents';
import { validationError } from '../errors';
import { flagIn, numberIn } from '../values';
import type { MappingPlan, OverlayRow } from './plan';
import { documentsOf } from './plan';
import type { Json, MappingSpec } from './spec';
import { didYouMean } from './suggest';

/**
 * Rows that fill a document on the way rather than the last one. Such a document is the pack's own, so that all its fields
 * and their types are known: a place that it does not have is a mistake, and what a row gives is brought to the type.
 */

/** What brings a value to the type of a field; of a value that is of the type already it makes the same. */
const READERS: Partial<Record<DocumentField['type'], string>> = {
  number: 'number',
  boolean: 'boolean',
  text: 'text',
};

/**
 * The documents of a mapping that rows can fill: what comes in is the input item's own, and only where it is completed
 * first there is a copy of it.
 */
export function fillableDocuments(
  mapping: MappingSpec | MappingPlan,
  documents: readonly DocumentType[],
): string[] {
  const [from = '', ...made] = documentsOf(mapping);
  const incoming = documents.find(({ name }) => name === from);
  return incoming?.complete ? [from, ...made] : made;
}

/** Why a row cannot fill its place; undefined where it can. */
export function placeIssue(
  { document, to }: OverlayRow,
  plan: MappingPlan,
  documents: readonly DocumentType[],
): Error | undefined {
  if (document === undefined || document === plan.to) return undefined;
  const names = fillableDocuments(plan, documents);
  if (!names.includes(document)) {
    return validationError(
      `the mapping makes no document "${document}".${didYouMean(document, names)}`,
      `Choose the field from the list, or begin its name with one of: ${names.join(', ')}.`,
    );
  }
  const type = documents.find(({ name }) => name === document);
  if (type === undefined) return undefined;
  const isComputed = (path: string) => path === to || to.startsWith(`${path}.`);
  if (type.computed?.some(isComputed)) {
    return validationError(
      `"${to}" of the ${type.phrase} is always worked out from its other fields`,
      'Fill the fields that it is worked out from: prices, quantities, taxes and totals.',
    );
  }
  const paths = type.fields.map(({ path }) => path);
  if (paths.includes(to)) return undefined;
  return validationError(
    `the ${type.phrase} has no field "${to}".${didYouMean(to, paths)}`,
    `Choose the field from the list: those of the ${type.phrase} begin with "${type.displayName}:".`,
  );
}

const HOLDING_ONE: ReadonlySet<DocumentField['type']> = new Set(['text', 'number', 'boolean']);

/** Whether a field holds a single value. A column of a table does, also one that only its environment knows. */
export function holdsOne(path: string, type: DocumentType | undefined): boolean {
  const field = type?.fields.find((known) => known.path === path);
  return field ? HOLDING_ONE.has(field.type) : type?.tables !== undefined;
}

/** The row, with what brings its value and its default to the type of the field. */
export function typedRow(row: OverlayRow, type: DocumentType | undefined): OverlayRow {
  const field = type?.fields.find(({ path }) => path === row.to);
  const reader = field && READERS[field.type];
  if (reader === undefined || row.remove) return row;
  return {
    ...row,
    transforms: [...(row.transforms ?? []), reader],
    ...(row.default !== undefined && { default: typed(row.default, reader) }),
  };
}

/** As the editor's text says it; what cannot be read stays, and is refused where the document is checked. */
function typed(value: Json, reader: string): Json {
  if (reader === 'number') return numberIn(value) ?? value;
  return reader === 'boolean' ? (flagIn(value) ?? value) : value;
}
