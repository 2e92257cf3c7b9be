import { validationError } from '../../../core/errors';
import {
  type Json,
  TRANSFORMS,
  type TransformCall,
  type TransformOption,
} from '../../../core/mapping';
import { OTHER_VALUE } from '../fields';
import { optionParameter } from '../fields/transform';
import { constantOf, draggedPath } from './dragged';
import { parseObject } from './json';
import type { ReadRow, SavedRow } from './saved';

interface TableRow {
  from?: unknown;
  to?: Json;
  otherTo?: Json;
}

function tableRows(value: unknown): TableRow[] {
  const { rows = [] } = (value ?? {}) as { rows?: TableRow[] };
  return rows;
}

/** The rows of a table as the object that the transform takes. */
function tableOf(raw: unknown, value: unknown, what: string): Record<string, Json> | undefined {
  const saved = tableRows(raw);
  const entries = new Map<string, Json>();
  for (const [at, { from, to, otherTo }] of tableRows(value).entries()) {
    const where = `row ${at + 1} of ${what}`;
    const key = String(from ?? '').trim();
    if (key === '') {
      throw validationError(
        `${where} has nothing on the left`,
        'Enter the value that comes in, or remove the row.',
      );
    }
    if (entries.has(key)) {
      throw validationError(
        `${where} says of "${key}" what an earlier row has said`,
        'Remove one of the two.',
      );
    }
    for (const cell of Object.values(saved[at] ?? {})) constantOf(cell, undefined, where);
    entries.set(key, (to === OTHER_VALUE ? otherTo : to) ?? '');
  }
  return entries.size === 0 ? undefined : Object.fromEntries(entries);
}

function optionOf(option: TransformOption, transform: string, read: ReadRow): Json | undefined {
  const parameter = optionParameter(transform, option.name);
  const [raw, value] = [read.raw[parameter], read.row[parameter]];
  const what = `${option.displayName} of ${read.name}`;
  if (option.type === 'table') return tableOf(raw, value, what);
  const from = draggedPath(raw, read);
  if (from !== undefined) return { from };
  const constant = constantOf(raw, value, what);
  return constant === '' || constant === null ? undefined : (constant as Json | undefined);
}

/** What the fields say, and over it the JSON of experts, which workflows of earlier versions hold. */
export function transformsOf(read: ReadRow): TransformCall[] {
  const { row, name } = read;
  const type = row.transform;
  if (!type) return [];
  const { options = [] } = TRANSFORMS.find((known) => known.name === type) ?? {};
  const given = options.flatMap((option) => {
    const value = optionOf(option, type, read);
    return value === undefined || value === option.default ? [] : [[option.name, value] as const];
  });
  const what = `Options (JSON) of ${name}`;
  const json = parseObject(
    constantOf(
      read.raw.transformOptions,
      row.transformOptions,
      what,
    ) as SavedRow['transformOptions'],
    what,
  );
  return [{ type, ...Object.fromEntries(given), ...(json as Record<string, Json>) }];
}
