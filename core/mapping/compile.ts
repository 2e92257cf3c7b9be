import type { z } from 'zod';

import type { DocumentType } from '../documents';
import { FIELD_OVERRIDES, rowName } from '../documents';
import { toServiceError, validationError } from '../errors';
import { holdsOne, placeIssue, typedRow } from './between';
import type { FormulaEngine } from './formula';
import { loadFormulaEngine } from './formula';
import { compileOverlay, type OverlaidRow } from './overlay';
import type { MappingPlan } from './plan';
import { isPlan, placesOf, rowsOf, usesFormulas } from './plan';
import type { Remedy } from './problems';
import type { SpecIssue, Step } from './rules';
import { compileFields } from './rules';
import { DocumentRun } from './run';
import type { MappingResult, Stage } from './run';
import type { MappingContext } from './scope';
import { Shapes } from './shapes';
import type { FieldRule, MappingSpec } from './spec';
import { mappingSpecSchema, ruleSettings } from './spec';
import { didYouMean } from './suggest';
import { withoutUnread } from './unread';

export interface Mapping {
  name: string;
  /** Whether a rule is a formula: then only `mapAsync` can be used. */
  hasFormulas: boolean;
  /** One document. Never throws for bad data: what is wrong with it is in the result. */
  map(document: unknown, context?: MappingContext): MappingResult;
  mapAsync(document: unknown, context?: MappingContext): Promise<MappingResult>;
}

export interface CompileOptions {
  formulas?: FormulaEngine;
  /** The documents that are known: those with a check of their own must satisfy it. */
  documents?: readonly DocumentType[];
  /** Whether the user can lay rows over the mapping: then what fails names the row that helps. */
  hasRows?: boolean;
}

/** Compiles once; throws a validation error that names the first row that is wrong, and how to repair it. */
export function compileMapping(
  mapping: MappingSpec | MappingPlan,
  options: CompileOptions = {},
): Mapping {
  const needed = isPlan(mapping) ? withoutUnread(mapping, options.documents ?? []) : mapping;
  const { stages, issues } = compileStages(needed, options);
  const [first, ...more] = issues;
  const name = mapping.name ?? `${mapping.from} → ${mapping.to}`;
  if (first) {
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    throw validationError(
      `Mapping "${name}", ${first.where}: ${first.message}${others}`,
      first.fix,
    );
  }
  const shapes = new Shapes();
  return {
    name,
    hasFormulas: usesFormulas(mapping),
    map: (document, context = {}) => {
      const work = new DocumentRun(stages, shapes, document, context);
      while (work.next()) {
        if (work.pending.length > 0) throw new Error('A mapping with formulas runs with mapAsync.');
      }
      return work.result();
    },
    mapAsync: async (document, context = {}) => {
      const work = new DocumentRun(stages, shapes, document, context);
      while (work.next()) await Promise.all(work.pending);
      return work.result();
    },
  };
}

/** Loads the formula engine if the mapping needs it, then compiles. */
export async function prepareMapping(
  mapping: MappingSpec | MappingPlan,
  options: CompileOptions = {},
): Promise<Mapping> {
  const formulas = usesFormulas(mapping) ? await loadFormulaEngine() : undefined;
  return compileMapping(mapping, { formulas, ...options });
}

/** All mistakes of a mapping, without running it. */
export async function mappingIssues(
  mapping: MappingSpec | MappingPlan,
  documents: readonly DocumentType[] = [],
): Promise<SpecIssue[]> {
  const formulas = usesFormulas(mapping) ? await loadFormulaEngine() : undefined;
  return compileStages(mapping, { formulas, documents }).issues;
}

function compileStages(
  mapping: MappingSpec | MappingPlan,
  options: CompileOptions,
): { stages: Stage[]; issues: SpecIssue[] } {
  const specs = isPlan(mapping) ? mapping.steps : [mapping];
  const plan = isPlan(mapping) ? mapping : { ...mapping, steps: specs };
  const issues: SpecIssue[] = [];
  const source = typeOf(options, mapping.from);
  const incoming: Stage[] = source?.complete
    ? [{ steps: [], isOverlay: false, isSource: true, rows: { prefix: '', isOwn: false } }]
    : [];
  const stages = finishStages(incoming, mapping.from, { plan, options, issues });
  for (const spec of specs) {
    const compiled = compileSpec(spec, options.formulas);
    issues.push(...compiled.issues);
    const rows = { prefix: prefixOf(plan, spec.to), isOwn: false };
    const remedy = remedyOf(options, spec.to);
    const made = { steps: compiled.steps, isOverlay: false, rows: { ...rows, remedy } };
    stages.push(...finishStages([made], spec.to, { plan, options, issues }));
  }
  issues.push(...placeIssues(plan, options));
  return { stages, issues };
}

interface Parts {
  plan: MappingPlan;
  options: CompileOptions;
  issues: SpecIssue[];
}

function typeOf({ documents = [] }: CompileOptions, name: string): DocumentType | undefined {
  return documents.find((known) => known.name === name);
}

/** How a row names its document, where that is not the last one. */
function prefixOf({ to }: MappingPlan, document: string): string {
  return document === to ? '' : `${document}:`;
}

function remedyOf(
  options: CompileOptions,
  name: string,
  panels?: Remedy['panels'],
): Remedy | undefined {
  if (options.hasRows !== true) return undefined;
  const type = typeOf(options, name);
  return { panels, rowName: (path) => (type ? rowName(type, path) : path) };
}

/** What makes a document, and the user's rows over it; the last of them completes it. */
function finishStages(made: Stage[], name: string, { plan, options, issues }: Parts): Stage[] {
  if (made.length === 0) return [];
  const type = typeOf(options, name);
  const rows = rowsOf(plan, name).filter(
    ([row]) => placeIssue(row, plan, options.documents ?? []) === undefined,
  );
  const stages = [...made];
  if (rows.length > 0) {
    const { formulas } = options;
    const tables = plan.steps.find(({ to }) => to === name)?.tables ?? {};
    const context = { tables, formulas, depth: 0, issues, targetPrefix: '', sourcePrefix: '' };
    const isLast = name === plan.to;
    const typed = rows.map(([row, where]): OverlaidRow => [
      isLast ? row : typedRow(row, type),
      where,
      !row.keepsList && holdsOne(row.to, type),
    ]);
    const steps = compileOverlay(typed, { ...context, position: '' });
    const panels = new Map(rows.map(([row]) => [row.to, row.panel ?? FIELD_OVERRIDES]));
    const remedy = remedyOf(options, name, panels);
    const failed = { prefix: prefixOf(plan, name), isOwn: true, remedy };
    stages.push({ steps, isOverlay: true, rows: failed });
  }
  return stages.map((stage, at) => (at < stages.length - 1 ? stage : { ...stage, type }));
}

function placeIssues(plan: MappingPlan, options: CompileOptions): SpecIssue[] {
  const places = placesOf(plan.overlay ?? []);
  return (plan.overlay ?? []).flatMap((row, at) => {
    const issue = placeIssue(row, plan, options.documents ?? []);
    if (issue === undefined) return [];
    const { message, fix = '' } = toServiceError(issue);
    return [{ where: places[at] ?? '', message, fix }];
  });
}

function compileSpec(
  spec: MappingSpec,
  formulas: FormulaEngine | undefined,
): { steps: Step[]; issues: SpecIssue[] } {
  const parsed = mappingSpecSchema.safeParse(spec);
  if (!parsed.success) {
    return { steps: [], issues: parsed.error.issues.map((issue) => shapeIssue(issue, spec)) };
  }
  const { tables = {}, fields } = parsed.data;
  const issues: SpecIssue[] = [];
  const context = { tables, formulas, depth: 0, issues, targetPrefix: '', sourcePrefix: '' };
  return { steps: compileFields(fields, { ...context, position: '' }), issues };
}

function shapeIssue(issue: z.ZodIssue, spec: MappingSpec): SpecIssue {
  const positions = issue.path.filter((part): part is number => typeof part === 'number');
  let rules: FieldRule[] | undefined = Array.isArray(spec.fields) ? spec.fields : undefined;
  let rule: FieldRule | undefined;
  for (const position of positions) {
    rule = rules?.[position] ?? rule;
    rules = rule?.fields;
  }
  const isInField = issue.path[0] === 'fields' && positions.length > 0;
  const numbers = positions.map((position) => position + 1).join(' › ');
  const name = typeof rule?.to === 'string' ? ` ("${rule.to}")` : '';
  return {
    where: isInField ? `field ${numbers}${name}` : `"${issue.path.join('.') || 'the spec'}"`,
    message: shapeMessage(issue),
    fix: 'Correct the mapping; a rule looks like {"to": "name", "from": "order_number"}.',
  };
}

function shapeMessage(issue: z.ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `unknown setting "${key}".${didYouMean(key, ruleSettings())}`;
  }
  const key = issue.path.filter((part) => typeof part === 'string').at(-1) ?? 'the spec';
  if (issue.message === 'Required') return `"${key}" is missing`;
  return `"${key}" is not what it should be (${issue.message.toLowerCase()})`;
}
