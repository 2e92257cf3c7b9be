import type { z } from 'zod';

import type { DocumentType, TellField } from '../documents';
import { FIELD_OVERRIDES, rowName } from '../documents';
import type { ServiceError } from '../errors';
import { toServiceError, validationError } from '../errors';
import { fitDocument } from '../text';
import type { Note } from '../notes';
import { placeIssue, typedRow } from './between';
import type { FormulaEngine } from './formula';
import { loadFormulaEngine } from './formula';
import { compileOverlay } from './overlay';
import type { MappingPlan } from './plan';
import { isPlan, placesOf, rowsOf, usesFormulas } from './plan';
import { type FailedRows, problemError, type Remedy } from './problems';
import type { SpecIssue, Step } from './rules';
import { compileFields } from './rules';
import type { FieldProblem, MappingContext, Run, Scope, Tell } from './scope';
import type { FieldRule, MappingSpec } from './spec';
import { mappingSpecSchema, ruleSettings } from './spec';
import { didYouMean } from './suggest';
import type { Target } from './write';

export type MappingResult =
  | { ok: true; document: Target; notes?: Note[] }
  | { ok: false; error: ServiceError; problems: FieldProblem[] };

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

interface Stage {
  steps: Step[];
  /** Writes onto the result so far, reading the first document. */
  isOverlay: boolean;
  /** Completes a copy of the document that the mapping reads, as a mapping that makes such a document does. */
  isSource?: boolean;
  /** What is said of rows of this stage that have failed. */
  rows: FailedRows;
  /** What its document type adds to the finished document, and asks of it beyond its fields. */
  type?: Pick<DocumentType, 'complete' | 'check' | 'xmlText'>;
}

/** Compiles once; throws a validation error that names the first row that is wrong, and how to repair it. */
export function compileMapping(
  mapping: MappingSpec | MappingPlan,
  options: CompileOptions = {},
): Mapping {
  const { stages, issues } = compileStages(mapping, options);
  const [first, ...more] = issues;
  const name = mapping.name ?? `${mapping.from} → ${mapping.to}`;
  if (first) {
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    throw validationError(
      `Mapping "${name}", ${first.where}: ${first.message}${others}`,
      first.fix,
    );
  }
  return {
    name,
    hasFormulas: usesFormulas(mapping),
    map: (document, context = {}) => {
      const work = new DocumentRun(stages, document, context);
      while (work.next()) {
        if (work.pending.length > 0) throw new Error('A mapping with formulas runs with mapAsync.');
      }
      return work.result();
    },
    mapAsync: async (document, context = {}) => {
      const work = new DocumentRun(stages, document, context);
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
    const typed = rows.map(([row, where]) => [isLast ? row : typedRow(row, type), where] as const);
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

/** One document on its way through the stages. */
class DocumentRun {
  pending: Promise<void>[] = [];
  private readonly notes: Note[] = [];
  private readonly tell: Tell = (message) => this.notes.push({ field: '', message });
  private readonly tellUnfit = (field: string): void =>
    this.tellField(field, 'characters that cannot be sent were taken out');
  private readonly tellField: TellField = (field, message) => this.notes.push({ field, message });
  private at = 0;
  private current: unknown;
  private run: Run | undefined;
  private failure: ServiceError | undefined;

  constructor(
    private readonly stages: Stage[],
    private readonly document: unknown,
    private readonly context: MappingContext,
  ) {
    this.current = document;
  }

  /** Starts the next stage; false when there is none, or the last one failed. */
  next(): boolean {
    if (this.at > 0) this.finishStage();
    const stage = this.stages[this.at];
    if (stage === undefined || this.hasFailed()) return false;
    this.at += 1;
    const target = this.targetOf(stage);
    const context = stage.isOverlay ? { ...this.context, mapped: target } : this.context;
    const value = stage.isOverlay ? this.document : this.current;
    this.pending = [];
    const { notes, tell, pending } = this;
    this.run = { context, problems: [], notes, tell, pending };
    const scope: Scope = { value, root: value, parent: undefined, index: 0, run: this.run };
    for (const step of stage.steps) step(scope, target);
    this.current = target;
    return true;
  }

  private targetOf({ isOverlay, isSource }: Stage): Target {
    if (isOverlay) return this.current as Target;
    return isSource === true ? { ...(structuredClone(this.document) as Target) } : {};
  }

  result(): MappingResult {
    const problems = this.run?.problems ?? [];
    const stage = this.stages[this.at - 1];
    if (stage && problems.length > 0) {
      const error = problemError(problems, stage.rows);
      return { ok: false, error, problems };
    }
    if (this.failure) return { ok: false, error: this.failure, problems: [] };
    const { notes } = this;
    return { ok: true, document: this.current as Target, ...(notes.length > 0 && { notes }) };
  }

  private hasFailed(): boolean {
    return this.failure !== undefined || (this.run?.problems.length ?? 0) > 0;
  }

  private finishStage(): void {
    const type = this.stages[this.at - 1]?.type;
    if (type === undefined || this.hasFailed()) return;
    try {
      if (type.xmlText) fitDocument(this.current as Target, this.tellUnfit);
      type.complete?.(this.current as Target, this.context.settings ?? {}, this.tellField);
      type.check?.(this.current as Target);
    } catch (error) {
      this.failure = toServiceError(error);
    }
  }
}
