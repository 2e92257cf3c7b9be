import type { DocumentType } from '../documents';
import { fillableDocuments } from './between';
import { mappingIssues } from './compile';
import { fieldOf, parsePath, parsePaths } from './path';
import type { MappingPlan, OverlayRow } from './plan';
import { isPlan, rowsOf } from './plan';
import type { MappingSpec } from './spec';
import { didYouMean } from './suggest';
import type { PlacedRule } from './visit';
import { fromTop, pathsOf, visitLeaves, visitRules } from './visit';

export interface CheckFinding {
  /** `error` stops the mapping from running; `warning` is worth a look. */
  severity: 'error' | 'warning';
  field: string;
  message: string;
  fix: string;
}

/** What is known besides the documents, which cannot know what a shop's modules and an environment's owner have added. */
export interface MoreKnown {
  /** Further fields of the document that goes out, such as custom columns. */
  targets?: readonly string[];
  /** Whether the document that comes in has a field all the same: a sample may hold it. */
  hasSource?: (path: string) => boolean;
}

/**
 * Compares a mapping with the documents that it reads and writes, without any data: mistakes in the rules, paths
 * that the source does not have, targets that the document does not have, required fields that nothing fills.
 * What a shop's modules and custom columns add is not known here, so unknown names are warnings.
 */
export async function checkMapping(
  mapping: MappingSpec | MappingPlan,
  documents: readonly DocumentType[],
  more: MoreKnown = {},
): Promise<CheckFinding[]> {
  const issues = await mappingIssues(mapping, documents);
  const errors = issues.map(({ where, message, fix }): CheckFinding => ({
    severity: 'error',
    field: where,
    message,
    fix,
  }));
  if (errors.length > 0) return errors;
  const plan = isPlan(mapping) ? mapping : { ...mapping, steps: [mapping] };
  const find = (name: string) => documents.find((known) => known.name === name);
  const source = (name: string): Has | undefined => {
    const known = pathSet(find(name));
    if (known === undefined) return undefined;
    const isFirst = name === plan.from && more.hasSource !== undefined;
    return {
      known,
      has: (path) => known.has(path) || (isFirst && more.hasSource?.(path) === true),
    };
  };
  const target = (name: string): Has | undefined => {
    const known = pathSet(find(name));
    if (known === undefined) return undefined;
    const added = new Set(name === plan.to ? more.targets : []);
    return { known: [...known, ...added], has: (path) => known.has(path) || added.has(path) };
  };
  const rows = (name: string) => rowsOf(plan, name).map(([row]) => row);
  const findings = plan.steps.flatMap(({ fields, from, to }) => [
    ...checkRows(fields, source(from), target(to)),
    ...checkRequired([...fields, ...rows(to)], find(to)),
  ]);
  const overlays = fillableDocuments(plan, documents).flatMap((name) =>
    checkRows(rows(name), source(mapping.from), target(name)),
  );
  return [...findings, ...overlays];
}

/** The fields of a document. */
interface Has {
  has(path: string): boolean;
  /** Those that a misspelt one may have meant. */
  known: Iterable<string>;
}

function pathSet(document: DocumentType | undefined): ReadonlySet<string> | undefined {
  return document && new Set(document.fields.map(({ path }) => path));
}

/** Of a document that is not known (undefined) nothing can be said. */
function checkRows(
  rows: readonly OverlayRow[],
  source: Has | undefined,
  target: Has | undefined,
): CheckFinding[] {
  return visitRules(rows).flatMap((row) => [
    ...checkTarget(row, target),
    ...checkSources(row, source),
  ]);
}

function checkTarget({ to }: PlacedRule, target: Has | undefined): CheckFinding[] {
  if (!target || target.has(to)) return [];
  return [
    warning(
      to,
      `the target document has no field "${to}".${didYouMean(to, target.known)}`,
      'Correct the name, or leave it if it is a custom column of yours.',
    ),
  ];
}

function checkSources({ rule, to, around }: PlacedRule, source: Has | undefined): CheckFinding[] {
  if (!source) return [];
  return pathsOf(rule)
    .flatMap(parsePaths)
    .map((path) => fieldAt(fromTop(path, around)))
    .filter((field) => field !== '' && !source.has(field))
    .map((field) =>
      warning(
        to,
        `the source document has no "${field}".${didYouMean(field, source.known)}`,
        'Correct the path, or leave it if a module of the shop adds this field.',
      ),
    );
}

function warning(field: string, message: string, fix: string): CheckFinding {
  return { severity: 'warning', field, message, fix };
}

/** The field that a path leads to, as documents list it; empty where it is none of the document. */
export function fieldAt(path: string | undefined): string {
  return path === undefined || path === '' ? '' : fieldOf(parsePath(path).steps);
}

function checkRequired(
  rows: readonly OverlayRow[],
  document: DocumentType | undefined,
): CheckFinding[] {
  if (!document) return [];
  const writing = rows.filter(({ remove }) => !remove);
  const filled = new Set(visitLeaves(writing).map(({ to }) => to));
  for (const path of Object.keys(document.completes ?? {})) filled.add(path);
  for (const path of document.assigned ?? []) filled.add(path);
  return document.fields
    .filter(
      ({ path, required, type }) =>
        required && type !== 'object' && type !== 'list' && !filled.has(path),
    )
    .filter(({ path }) => !hasFilledParent(path, filled))
    .map(({ path }) => ({
      severity: 'error' as const,
      field: path,
      message: `"${path}" is required and no row fills it`,
      fix: 'Add a row with this target.',
    }));
}

/** A row that writes a whole object or list may well fill what is in it. */
function hasFilledParent(path: string, filled: ReadonlySet<string>): boolean {
  return [...filled].some(
    (parent) => path.startsWith(`${parent}.`) || path.startsWith(`${parent}[*].`),
  );
}
