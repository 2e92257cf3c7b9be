import { countBy, escape, get } from 'lodash';
import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';

import type { Outcome } from '../../core/outcome';
import type { MappingPlan, MappingSpec } from '../../core/mapping';
import { checkMapping } from '../../core/mapping';
import type { Note } from '../../core/notes';
import { toServiceError } from '../../core/errors';
import { DOCUMENTS } from '../../core/presets';

/** So many of one kind are named; the items have them all. */
const SHOWN = 3;

export interface Preview {
  mapping: MappingSpec | MappingPlan;
  /** Columns that the environment has besides those that the document is known to have. */
  columns: readonly string[];
  /** Names of the values that are worked out for each item. */
  expressions: readonly string[];
  inputs: readonly IDataObject[];
  outcomes: readonly Outcome<object>[];
}

type Hint = NodeExecutionHint;

const hint = (type: Hint['type'], message: string): Hint => ({
  type,
  message: escape(message),
  location: 'outputPane',
});

const EACH = '[*]';

/** Whether a document has a field at all, in a list in any element. */
function holds(document: unknown, path: string): boolean {
  const at = path.indexOf(EACH);
  if (at === -1) return get(document, path) !== undefined;
  const list: unknown = at === 0 ? document : get(document, path.slice(0, at));
  const rest = path.slice(at + EACH.length).replace(/^\./, '');
  return Array.isArray(list) && list.some((element) => rest === '' || holds(element, rest));
}

function named(counts: Record<string, number>): string {
  const entries = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const shown = entries.slice(0, SHOWN).map(([text, count]) => `${text} (${count} ×)`);
  const more = entries.length - shown.length;
  return more > 0 ? `${shown.join('; ')}; and ${more} more` : shown.join('; ');
}

/** "5 of 5 failed: …", with what most of them say and how it is repaired. */
function failures({ outcomes }: Preview): Hint[] {
  const errors = outcomes.flatMap((outcome) => (outcome.ok ? [] : [toServiceError(outcome.error)]));
  if (errors.length === 0) return [];
  const counts = countBy(errors, ({ message }) => message);
  const [first] = errors;
  const fix = Object.keys(counts).length === 1 && first?.fix ? ` ${first.fix}` : '';
  return [
    hint('warning', `${errors.length} of ${outcomes.length} failed: ${named(counts)}.${fix}`),
  ];
}

/** Places in lists and sizes differ from document to document; what was done to the field does not. */
const noteText = ({ field, message }: Note): string =>
  `${field.replace(/\[\d+\]/g, EACH)}: ${message.replace(/\d[\d.,]*/g, '…')}`;

function changes({ outcomes }: Preview): Hint[] {
  const notes = outcomes.flatMap((outcome) =>
    outcome.ok ? ((outcome.value as { notes?: Note[] }).notes ?? []) : [],
  );
  if (notes.length === 0) return [];
  const told = named(countBy(notes, noteText));
  return [
    hint('info', `Changed, cut or left out on the way: ${told}. "notes" of each item says more.`),
  ];
}

function slow({ expressions }: Preview): Hint[] {
  if (expressions.length === 0) return [];
  const rows = expressions.length === 1 ? 'One row is' : `${expressions.length} rows are`;
  return [
    hint(
      'info',
      `${rows} worked out for each item, hundreds of times slower than a field that is dragged onto the row: ${expressions.join(', ')}.`,
    ),
  ];
}

function leftOut({ mapping }: Preview): Hint[] {
  const rows = 'overlay' in mapping ? (mapping.overlay ?? []) : [];
  const removed = rows.filter(({ remove, when }) => remove && !when).map(({ to }) => to);
  return removed.length === 0 ? [] : [hint('info', `Left out: ${removed.join(', ')}.`)];
}

function required(fields: readonly string[]): string {
  const are =
    fields.length === 1
      ? '1 column of the target is required and has no source'
      : `${fields.length} columns of the target are required and have no source`;
  return `${are}: ${fields.join(', ')}.`;
}

/** What Check Mapping would say, seen beside the sample: a field that the sample has is no mistake. */
async function findings({ mapping, columns, inputs }: Preview): Promise<Hint[]> {
  const found = await checkMapping(mapping, DOCUMENTS, {
    targets: columns,
    hasSource: (path) => inputs.some((input) => holds(input, path)),
  });
  const unfilled = found.filter(({ severity }) => severity === 'error').map(({ field }) => field);
  const warnings = found.filter(({ severity }) => severity === 'warning');
  return [
    ...(unfilled.length === 0 ? [] : [hint('warning', required(unfilled))]),
    ...warnings
      .slice(0, SHOWN)
      .map(({ field, message, fix }) => hint('warning', `"${field}": ${message} ${fix}`)),
  ];
}

/** What a person who tries a mapping by hand should see beside its output. */
export async function previewHints(preview: Preview): Promise<Hint[]> {
  return [
    ...failures(preview),
    ...(await findings(preview)),
    ...changes(preview),
    ...leftOut(preview),
    ...slow(preview),
  ];
}
