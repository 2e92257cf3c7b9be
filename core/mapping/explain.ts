import { joinPath } from './path';
import { isPlan, type MappingPlan } from './plan';
import type { Calculation, FieldRule, MappingSpec, Operand, ValueSource } from './spec';

/** Transforms that tidy a value and change nothing of what it says. */
const TIDYING = new Set(['trim', 'truncate', 'money', 'text']);
const SIGNS: Record<keyof Calculation, string> = {
  add: ' + ',
  subtract: ' − ',
  multiply: ' × ',
  divide: ' ÷ ',
};

/** A rule with a value, and the list of the source document it works in. */
interface Leaf {
  to: string;
  rule: FieldRule;
  /** Path in front of what the rule reads, such as `items[*]`; empty outside lists. */
  within: string;
}

function leavesOf(fields: readonly FieldRule[], target = '', within = ''): Leaf[] {
  return fields.flatMap((rule) => {
    const to = joinPath(target, rule.to);
    if (rule.fields === undefined) return [{ to, rule, within }];
    if (rule.each === undefined) return leavesOf(rule.fields, to, within);
    return leavesOf(rule.fields, `${to}[*]`, `${absolute(rule.each, within)}[*]`);
  });
}

/** A path as seen from the whole document: `^.` leads out of the list, `$.` to the top. */
function absolute(path: string, within: string): string {
  if (path.startsWith('@')) return path;
  if (path.startsWith('$.')) return path.slice(2);
  if (path.startsWith('^.')) return path.slice(2);
  return within === '' ? path : joinPath(within, path);
}

/** Says in one line what a value is made of, in paths of the document that the first step reads. */
class Explainer {
  private readonly leaves: Leaf[];
  private readonly before?: Explainer;

  constructor(steps: readonly MappingSpec[]) {
    this.leaves = leavesOf(steps.at(-1)?.fields ?? []);
    if (steps.length > 1) this.before = new Explainer(steps.slice(0, -1));
  }

  all(): Map<string, string> {
    return new Map(this.leaves.map(({ to }) => [to, this.of(to) ?? '']));
  }

  private of(target: string): string | undefined {
    const rules = this.leaves.filter(({ to }) => to === target);
    const texts = rules.map(({ rule, within }) => this.value(rule, within));
    return texts.length === 0 ? undefined : [...new Set(texts)].filter(Boolean).join(', or ');
  }

  private value(source: ValueSource, within: string): string {
    const text = this.origin(source, within);
    const changes = (source.transforms ?? [])
      .map((call) => (typeof call === 'string' ? call : call.type))
      .filter((name) => !TIDYING.has(name));
    return changes.length === 0 ? text : `${text} (${changes.join(', ')})`;
  }

  private origin(source: ValueSource, within: string): string {
    if (source.value !== undefined) return `always ${JSON.stringify(source.value)}`;
    if (source.template !== undefined) {
      const paths = source.template.replace(
        /\{([^{}]*)\}/g,
        (_, path: string) => `{${this.path(path, within)}}`,
      );
      return paths.replace(/\s+/g, ' ');
    }
    if (source.formula !== undefined) return `formula ${source.formula}`;
    if (source.calculate !== undefined) return this.calculation(source.calculate, within);
    if (source.allocate !== undefined)
      return `share of ${this.operand(source.allocate.total, within)}`;
    const text = this.path(source.from ?? '', within);
    return source.aggregate === undefined ? text : `${source.aggregate} of ${text}`;
  }

  private calculation(calculation: Calculation, within: string): string {
    return Object.entries(calculation)
      .map(([sign, operands]) =>
        operands
          .map((operand) => this.operand(operand, within))
          .join(SIGNS[sign as keyof Calculation]),
      )
      .join('; ');
  }

  private operand(operand: Operand, within: string): string {
    if (typeof operand === 'number') return String(operand);
    return typeof operand === 'string' ? this.path(operand, within) : this.value(operand, within);
  }

  /** Alternatives stand as `a ?? b`; what an earlier step made is said in that step's words. */
  private path(path: string, within: string): string {
    return path
      .split('??')
      .map((part) => absolute(part.trim(), within))
      .map((part) => this.before?.of(part) ?? part)
      .join(' ?? ');
  }
}

/** For each target field of a mapping, in its own words, where the value comes from. */
export function explainMapping(mapping: MappingSpec | MappingPlan): Map<string, string> {
  return new Explainer(isPlan(mapping) ? mapping.steps : [mapping]).all();
}
