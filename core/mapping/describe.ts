import { rowName, type DocumentType } from '../documents';
import { fillableDocuments } from './between';
import { explainMapping } from './explain';
import { isPlan, rowsOf, type MappingPlan } from './plan';
import type { FieldRule, MappingSpec } from './spec';
import { visitLeaves } from './visit';

/** What becomes of one field, in words for the person who set the mapping up. */
export interface DescribedField {
  /** As the list of target fields names it. */
  field: string;
  /** Where its value comes from. */
  from: string;
  /** Whether a row of the user's fills it. */
  isOverride: boolean;
  /** What becomes of a document whose value here cannot be read. */
  unreadable: string;
}

const UNREADABLE: Record<NonNullable<FieldRule['otherwise']> | 'refuse', string> = {
  keep: 'passes as it is written, and is told in notes',
  omit: 'is left out, and told in notes',
  refuse: 'stops the document, with the row that helps',
};

/** Every field that a mapping fills, the user's rows included: of the documents on the way first, then of the target. */
export function describeMapping(
  mapping: MappingSpec | MappingPlan,
  documents: readonly DocumentType[],
): DescribedField[] {
  const plan = isPlan(mapping) ? mapping : { ...mapping, steps: [mapping] };
  return fillableDocuments(plan, documents).flatMap((name) => {
    const type = documents.find((known) => known.name === name);
    const leaves = visitLeaves(plan.steps.find(({ to }) => to === name)?.fields ?? []);
    const otherwise = new Map(leaves.map(({ to, rule }) => [to, rule.otherwise]));
    const rows = new Set(rowsOf(plan, name).map(([row]) => row.to));
    return [...explainMapping(plan, documents, name)].map(([path, from]) => ({
      field: type ? rowName(type, path) : path,
      from,
      isOverride: rows.has(path),
      unreadable: UNREADABLE[otherwise.get(path) ?? 'refuse'],
    }));
  });
}
