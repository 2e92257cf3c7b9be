import { validationError } from '../errors';
import { joinPath } from './path';
import type { FieldRule, MappingSpec } from './spec';
import { mappingSpecSchema } from './spec';
import { innerTarget, valuesWithin, visitLeaves } from './visit';

/** A row laid over a finished mapping: it reads the first document and writes the last. */
export interface OverlayRow extends FieldRule {
  /** Take the field out instead. */
  remove?: boolean;
}

/** Mappings one after the other, and what the user changed of them. */
export interface MappingPlan {
  name?: string;
  from: string;
  to: string;
  steps: MappingSpec[];
  overlay?: OverlayRow[];
}

export function isPlan(mapping: MappingSpec | MappingPlan): mapping is MappingPlan {
  return 'steps' in mapping;
}

function stepsOf(mapping: MappingSpec | MappingPlan): MappingSpec[] {
  return isPlan(mapping) ? mapping.steps : [mapping];
}

/** `a → b` and `b → c` make `a → c`: storefronts and Dynamics meet in the common model. */
export function compose(
  first: MappingSpec | MappingPlan,
  ...rest: (MappingSpec | MappingPlan)[]
): MappingPlan {
  const all = [first, ...rest];
  const steps = all.flatMap(stepsOf);
  steps.slice(1).forEach((spec, index) => {
    const before = steps[index];
    if (before && before.to !== spec.from) {
      throw validationError(
        `a mapping to "${before.to}" cannot be followed by one from "${spec.from}"`,
        `Use a mapping from "${before.to}" as the next one.`,
      );
    }
  });
  return { from: first.from, to: all.at(-1)?.to ?? first.to, steps };
}

/** The mapping with rows changed by the user; a row replaces the mapping's own row of the same target. */
export function override(mapping: MappingSpec | MappingPlan, rows: OverlayRow[]): MappingPlan {
  const steps = stepsOf(mapping);
  const replaced = new Set(rows.filter((row) => !readsMapped(row)).map(({ to }) => to));
  const changed = steps.map((spec, index) =>
    index === steps.length - 1 ? { ...spec, fields: without(spec.fields, replaced, '') } : spec,
  );
  const { name, from, to } = mapping;
  return { name, from, to, steps: changed, overlay: rows };
}

function readsMapped({ from }: OverlayRow): boolean {
  return from?.includes('@mapped') ?? false;
}

function without(fields: FieldRule[], targets: ReadonlySet<string>, prefix: string): FieldRule[] {
  return fields
    .filter(({ to }) => !targets.has(joinPath(prefix, to)))
    .map((rule) => {
      if (rule.fields === undefined) return rule;
      const inner = innerTarget(joinPath(prefix, rule.to), rule);
      return { ...rule, fields: without(rule.fields, targets, inner) };
    });
}

/** Every target field of a mapping, lists with `[*]`, in the order of the rules. */
export function targetFields(mapping: MappingSpec | MappingPlan): string[] {
  const last = stepsOf(mapping).at(-1);
  return [...new Set(visitLeaves(last?.fields ?? []).map(({ to }) => to))];
}

/** A mapping of the user's own that is no mapping at all has none: it is refused before it runs. */
export function usesFormulas(mapping: MappingSpec | MappingPlan): boolean {
  const overlay = isPlan(mapping) ? (mapping.overlay ?? []) : [];
  const fields = stepsOf(mapping).flatMap(
    (spec) => mappingSpecSchema.safeParse(spec).data?.fields ?? [],
  );
  return valuesWithin([...fields, ...overlay]).some(({ formula }) => formula !== undefined);
}
