import { groupBy } from 'lodash';

import type { DocumentType } from '../documents';
import { conditionText } from './conditionText';
import { parsePaths } from './path';
import { isPlan, type MappingPlan, type OverlayRow, rowsOf } from './plan';
import type { Calculation, Json, MappingSpec, Operand, ValueSource } from './spec';
import { ARITHMETIC } from './spec';
import { mapTemplate } from './template';
import type { PlacedRule } from './visit';
import { foldValue, fromTop, visitLeaves } from './visit';

/** Transforms that tidy a value and change nothing of what it says. */
const TIDYING = new Set(['trim', 'truncate', 'money', 'text']);
const SIGNS: Record<keyof Calculation, string> = {
  add: ' + ',
  subtract: ' − ',
  multiply: ' × ',
  divide: ' ÷ ',
};

type Around = PlacedRule['around'];

function always(value: Json): string {
  return `always ${JSON.stringify(value)}`;
}

/** Says in one line what a value is made of, in paths of the document that the first step reads. */
class Explainer {
  private readonly leaves: PlacedRule[];
  private readonly before?: Explainer;

  private readonly completed: NonNullable<DocumentType['completes']>;

  /** The user's rows over the document, by their field: each changes what those before it have left. */
  private readonly rows: ReadonlyMap<string, OverlayRow[]>;

  constructor(plan: MappingPlan, documents: readonly DocumentType[]) {
    const { steps } = plan;
    const last = steps.at(-1);
    this.leaves = visitLeaves(last?.fields ?? []);
    this.completed = documents.find(({ name }) => name === last?.from)?.completes ?? {};
    const rows = rowsOf(plan, last?.to ?? plan.from);
    const own = rows.map(([row]) => row);
    this.rows = new Map(Object.entries(groupBy(own, ({ to }) => to)));
    if (steps.length > 1 || (last && rowsOf(plan, last.from).length > 0)) {
      this.before = new Explainer({ ...plan, steps: steps.slice(0, -1) }, documents);
    }
  }

  all(): Map<string, string> {
    const targets = [...this.leaves.map(({ to }) => to), ...this.rows.keys()];
    return new Map(targets.map((to) => [to, this.of(to) ?? '']));
  }

  private of(target: string): string | undefined {
    const rows = this.rows.get(target);
    const ruled = this.ruled(target);
    return rows?.reduce<string>((before, row) => rowText(row, before), ruled ?? 'nothing') ?? ruled;
  }

  /** What the mapping's own rules make a field of. */
  private ruled(target: string): string | undefined {
    const rules = this.leaves.filter(({ to }) => to === target);
    const texts = rules.map(({ rule, around }) => this.value(rule, around));
    return texts.length === 0 ? undefined : [...new Set(texts)].filter(Boolean).join(', or ');
  }

  private value(source: ValueSource, around: Around): string {
    return withChanges(this.origin(source, around), source);
  }

  origin(source: ValueSource, around: Around): string {
    const operand = (one: Operand): string => this.operand(one, around);
    return foldValue(source, {
      from: (path) => {
        const text = this.path(path, around);
        return source.aggregate === undefined ? text : `${source.aggregate} of ${text}`;
      },
      value: always,
      template: (text) => this.template(text, around),
      formula: (text) => `formula ${text}`,
      expression: (name) => `expression ${name}`,
      calculate: (calculation) =>
        ARITHMETIC.flatMap((sign) => calculation[sign]?.map(operand).join(SIGNS[sign]) ?? []).join(
          '; ',
        ),
      allocate: ({ total }) => `share of ${operand(total)}`,
      roundTo: ({ value, total }) => `${operand(value)}, rounded to add up to ${operand(total)}`,
      none: () => always(source.default ?? null),
    });
  }

  private template(text: string, around: Around): string {
    const paths = mapTemplate(text, (path) => this.path(path, around));
    return paths.replace(/\s+/g, ' ');
  }

  private operand(operand: Operand, around: Around): string {
    if (typeof operand === 'number') return String(operand);
    if (typeof operand === 'string') return this.path(operand, around);
    const text = this.value(operand, around);
    return operand.roundTo === undefined ? text : `(${text})`;
  }

  /** Alternatives stand as `a ?? b`; what an earlier step made is said in that step's words. */
  private path(text: string, around: Around): string {
    return parsePaths(text)
      .map((path) => fromTop(path, around) || path.text)
      .map((path) => this.made(path))
      .join(' ?? ');
  }

  private made(path: string): string {
    const parts = Object.hasOwn(this.completed, path) ? this.completed[path] : undefined;
    if (parts === undefined) return this.before?.of(path) ?? path;
    return `worked out from ${parts.map((part) => this.before?.of(part) ?? part).join(', ')}`;
  }
}

function withChanges(text: string, { transforms = [] }: ValueSource): string {
  const changes = transforms
    .map((call) => (typeof call === 'string' ? call : call.type))
    .filter((name) => !TIDYING.has(name));
  return changes.length === 0 ? text : `${text} (${changes.join(', ')})`;
}

/** What a row of the user's gives, in paths of the document that comes in. */
function rowText(row: OverlayRow, before: string): string {
  const text = row.remove ? 'left out' : rowValue(row, before);
  return row.when ? `${text} where ${conditionText(row.when)}, else ${before}` : text;
}

function rowValue(row: OverlayRow, before: string): string {
  const isMapped = row.from?.startsWith('@mapped') ?? false;
  return withChanges(isMapped ? before : INCOMING.origin(row, ['']), row);
}

/** The document that comes in: nothing has made it, so that its paths stand as they are. */
const INCOMING = new Explainer({ from: '', to: '', steps: [] }, []);

/**
 * For each target field of a mapping, in its own words, where the value comes from, the user's rows included; or for each
 * field of another document on the way.
 */
export function explainMapping(
  mapping: MappingSpec | MappingPlan,
  documents: readonly DocumentType[] = [],
  document = mapping.to,
): Map<string, string> {
  const plan = isPlan(mapping) ? mapping : { ...mapping, steps: [mapping] };
  const steps = plan.steps.slice(0, plan.steps.findIndex(({ to }) => to === document) + 1);
  return new Explainer({ ...plan, steps }, documents).all();
}
