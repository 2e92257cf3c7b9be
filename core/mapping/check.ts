import { mappingIssues } from './compile';
import { findDocument } from './documents';
import type { DocumentType } from './documents';
import type { Path } from './path';
import { joinPath, parsePaths } from './path';
import type { MappingPlan, OverlayRow } from './plan';
import { isPlan } from './plan';
import type { Condition, FieldRule, MappingSpec, Operand, ValueSource } from './spec';
import { didYouMean } from './suggest';

export interface CheckFinding {
  /** `error` stops the mapping from running; `warning` is worth a look. */
  severity: 'error' | 'warning';
  field: string;
  message: string;
  fix: string;
}

/**
 * Compares a mapping with the documents that it reads and writes, without any data: mistakes in the rules, paths
 * that the source does not have, targets that the document does not have, required fields that nothing fills.
 * What a shop's modules and custom columns add is not known here, so unknown names are warnings.
 */
export async function checkMapping(mapping: MappingSpec | MappingPlan): Promise<CheckFinding[]> {
  const issues = await mappingIssues(mapping);
  const errors = issues.map(({ where, message, fix }): CheckFinding => ({
    severity: 'error',
    field: where,
    message,
    fix,
  }));
  if (errors.length > 0) return errors;
  const steps = isPlan(mapping) ? mapping.steps : [mapping];
  const overlay = isPlan(mapping) ? (mapping.overlay ?? []) : [];
  const findings = steps.flatMap((spec, index) =>
    checkStep(spec, index === steps.length - 1 ? overlay : []),
  );
  return [...findings, ...checkRows(overlay, mapping.from, mapping.to)];
}

function checkStep(spec: MappingSpec, overlay: OverlayRow[]): CheckFinding[] {
  return [...checkRows(spec.fields, spec.from, spec.to), ...checkRequired(spec, overlay)];
}

interface Known {
  source: ReadonlySet<string> | undefined;
  target: ReadonlySet<string> | undefined;
}

function pathSet(document: DocumentType | undefined): ReadonlySet<string> | undefined {
  return document && new Set(document.fields.map(({ path }) => path));
}

function checkRows(rows: readonly OverlayRow[], from: string, to: string): CheckFinding[] {
  const known = { source: pathSet(findDocument(from)), target: pathSet(findDocument(to)) };
  return rows.flatMap((row) => checkRow(row, known, '', ['']));
}

/** `around`: source prefixes of the lists that the row stands in, outermost (the document) first. */
function checkRow(row: FieldRule, known: Known, prefix: string, around: string[]): CheckFinding[] {
  const to = joinPath(prefix, row.to);
  const findings: CheckFinding[] = [];
  if (known.target && !known.target.has(to)) {
    findings.push(
      warning(
        to,
        `the target document has no field "${to}".${didYouMean(to, known.target)}`,
        'Correct the name, or leave it if it is a custom column of yours.',
      ),
    );
  }
  for (const path of pathsOf(row)) {
    const at = absolute(path, around);
    if (at === undefined || !known.source || known.source.has(at)) continue;
    findings.push(
      warning(
        to,
        `the source document has no "${at}".${didYouMean(at, known.source)}`,
        'Correct the path, or leave it if a module of the shop adds this field.',
      ),
    );
  }
  const inner = innerScope(row, around);
  const nested = row.each === undefined ? to : `${to}[*]`;
  return [
    ...findings,
    ...(row.fields ?? []).flatMap((field) => checkRow(field, known, nested, inner)),
  ];
}

function innerScope(row: FieldRule, around: string[]): string[] {
  if (row.each === undefined) return around;
  const [path] = parsePaths(row.each);
  const list = path && absolute(path, around);
  return [...around, `${list ?? '?'}[*]`];
}

function warning(field: string, message: string, fix: string): CheckFinding {
  return { severity: 'warning', field, message, fix };
}

/** The path from the top of the source document; undefined for what is not in it (`@source`, `@index`). */
function absolute(path: Path, around: string[]): string | undefined {
  const depth = around.length - 1;
  const starts: Partial<Record<Path['root']['kind'], string>> = {
    document: '',
    current: around[depth] ?? '',
    parent: around[depth - (path.root.kind === 'parent' ? path.root.levels : 0)] ?? '',
  };
  const start = starts[path.root.kind];
  if (start === undefined || start.startsWith('?')) return undefined;
  const at = path.steps.reduce((text, step) => {
    if (step.kind !== 'key') return `${text}[*]`;
    if (/[.[\]]/.test(step.key)) return `${text}["${step.key}"]`;
    return joinPath(text, step.key);
  }, start);
  const collapsed = at.replace(/(\[\*\])+/g, '[*]').replace(/\[\*\]$/, '');
  return collapsed === '' ? undefined : collapsed;
}

function pathsOf(row: FieldRule): Path[] {
  const texts = [...valuePaths(row), ...(row.each === undefined ? [] : [row.each])];
  if (row.when) texts.push(...conditionPaths(row.when));
  return texts.flatMap(parsePaths);
}

function valuePaths(source: ValueSource): string[] {
  const operands = Object.values(source.calculate ?? {}).flatMap((list) => list ?? []);
  const inTemplate = source.template?.match(/(?<=\{)[^{}]*(?=\})/g) ?? [];
  const { allocate, roundTo } = source;
  return [
    ...(source.from === undefined ? [] : [source.from]),
    ...inTemplate,
    ...operands.flatMap(operandPaths),
    ...(allocate ? [...operandPaths(allocate.total), allocate.weights] : []),
    ...(roundTo ? [...operandPaths(roundTo.total), ...operandPaths(roundTo.value)] : []),
    ...(source.transforms ?? []).flatMap(optionPaths),
  ];
}

function optionPaths(call: NonNullable<ValueSource['transforms']>[number]): string[] {
  if (typeof call === 'string') return [];
  return Object.values(call).flatMap((option) => {
    if (option === null || typeof option !== 'object' || Array.isArray(option)) return [];
    const { from } = option;
    return typeof from === 'string' && Object.keys(option).length === 1 ? [from] : [];
  });
}

function operandPaths(operand: Operand): string[] {
  if (typeof operand === 'number') return [];
  return typeof operand === 'string' ? [operand] : valuePaths(operand);
}

function conditionPaths(condition: Condition): string[] {
  if ('and' in condition) return condition.and.flatMap(conditionPaths);
  if ('or' in condition) return condition.or.flatMap(conditionPaths);
  return 'not' in condition ? conditionPaths(condition.not) : [condition.path];
}

function checkRequired(spec: MappingSpec, overlay: OverlayRow[]): CheckFinding[] {
  const document = findDocument(spec.to);
  if (!document) return [];
  const filled = new Set<string>();
  for (const rule of [...spec.fields, ...overlay.filter(({ remove }) => !remove)]) {
    collectTargets(rule, '', filled);
  }
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

function collectTargets(rule: FieldRule, prefix: string, filled: Set<string>): void {
  const to = joinPath(prefix, rule.to);
  if (rule.fields === undefined) filled.add(to);
  for (const field of rule.fields ?? []) {
    collectTargets(field, rule.each === undefined ? to : `${to}[*]`, filled);
  }
}
