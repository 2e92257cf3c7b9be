import { countBy, escape, get } from 'lodash';
import type { IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import type { Outcome } from '../../core/outcome';
import type { MappingPlan, MappingSpec } from '../../core/mapping';
import { checkMapping } from '../../core/mapping';
import type { Note } from '../../core/notes';
import { DOCUMENTS } from '../../core/presets';
import { failed, named, SHOWN } from './failed';
import { unlisted } from './unlisted';

/** The node that brings retries back into a flow. */
const RETRIES = /\.syncLedgerTrigger$/;

export interface Preview {
  mapping: MappingSpec | MappingPlan;
  /** Columns that the environment has besides those that the document is known to have. */
  columns: readonly string[];
  /** Expressions that are worked out for each item, by the names of their rows. */
  expressions: Readonly<Record<string, string>>;
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

function failures({ outcomes }: Preview): Hint[] {
  const told = failed(outcomes);
  return told ? [hint('warning', [told.message, told.fix].filter(Boolean).join(' '))] : [];
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
  const names = Object.keys(expressions);
  if (names.length === 0) return [];
  const rows = names.length === 1 ? 'One row is' : `${names.length} rows are`;
  return [
    hint(
      'info',
      `${rows} worked out for each item, hundreds of times slower than a field that is dragged onto the row: ${names.join(', ')}.`,
    ),
  ];
}

/** `X` of `$('X')`. */
const OTHER_NODE = /\$\(\s*(["'])(.+?)\1\s*\)/g;

/** The nodes that the expressions read beside the one right before, with the rows that do. */
function nodesRead({ expressions }: Preview): Array<{ row: string; node: string }> {
  return Object.entries(expressions).flatMap(([row, text]) =>
    [...text.matchAll(OTHER_NODE)].map(([, , node = '']) => ({ row, node })),
  );
}

/** A retry does not come by way of the shop's trigger: a row that reads it would fail there, and in no run by hand. */
function lostInRetries(context: IExecuteFunctions, preview: Preview): Hint[] {
  const before = (node: string) => context.getParentNodes(node);
  return nodesRead(preview).flatMap(({ row, node }) => {
    const retries = before(context.getNode().name).filter(({ type }) => RETRIES.test(type));
    const passed = new Set([node, ...before(node).map(({ name }) => name)]);
    if (retries.every(({ name }) => passed.has(name))) return [];
    return [
      hint(
        'warning',
        `${row} reads "${node}", which a retry does not pass: an order that is tried again would fail here. Drag the field from the node right before this one instead.`,
      ),
    ];
  });
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
export async function previewHints(context: IExecuteFunctions, preview: Preview): Promise<Hint[]> {
  return [
    ...failures(preview),
    ...unlisted(preview.mapping).map((message) => hint('info', message)),
    ...(await findings(preview)),
    ...changes(preview),
    ...leftOut(preview),
    ...slow(preview),
    ...lostInRetries(context, preview),
  ];
}
