import { validationError } from '../errors';
import { canonical, joinPath } from './path';
import type { FieldRule, MappingSpec } from './spec';
import { mappingSpecSchema } from './spec';
import { innerTarget, pathsOf, valuesWithin, visitLeaves } from './visit';

/** A row laid over a document that a mapping has made: it reads the first document. */
export interface OverlayRow extends FieldRule {
  /** Take the field out instead. */
  remove?: boolean;
  /** The document that it fills, by name, where that is not the last: the one in between, or the one that comes in. */
  document?: string;
  /** What the editor calls the list that the row stands in; left out: Field Overrides. */
  panel?: string;
  /** Lists and objects are written as they are, also into a field that holds a single value. */
  keepsList?: boolean;
  /** A part of the document: the row fills it only where the mapping has made it. */
  within?: string;
}

/** Mappings one after the other, and what the user changed of them. */
export interface MappingPlan {
  name?: string;
  from: string;
  to: string;
  steps: MappingSpec[];
  overlay?: OverlayRow[];
  /** The steps as they were before rows of the user took the place of some of theirs. */
  preset?: MappingSpec[];
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

/** Names of the documents on the way: the one that comes in, those in between, the one that goes out. */
export function documentsOf(mapping: MappingSpec | MappingPlan): string[] {
  return [mapping.from, ...stepsOf(mapping).map(({ to }) => to)];
}

const IN_DOCUMENT = /^([a-z]\w*\.[a-z]\w*):(.+)$/i;

/** A target as a person writes it, in its parts, and its path in the one way to write it. */
export function parseTarget(target: string): Pick<OverlayRow, 'to' | 'document'> {
  const [, document, to] = IN_DOCUMENT.exec(target) ?? [];
  if (document === undefined || to === undefined) return { to: canonical(target) };
  return { to: canonical(to), document };
}

/** How messages name each row: by its place under Field Overrides, or by the list that it stands in. */
export function placesOf(overlay: readonly OverlayRow[]): string[] {
  let position = 0;
  return overlay.map(({ to, panel }) => {
    if (panel !== undefined) return `${panel} ("${to}")`;
    position += 1;
    return `Field ${position} ("${to}")`;
  });
}

/** The rows that fill a document of the mapping, each with the name that messages give it. */
export function rowsOf(
  { overlay = [], to }: MappingPlan,
  document: string,
): [OverlayRow, string][] {
  const places = placesOf(overlay);
  return overlay.flatMap((row, at): [OverlayRow, string][] =>
    (row.document ?? to) === document ? [[row, places[at] ?? '']] : [],
  );
}

/**
 * The mapping with rows changed by the user; a row replaces the mapping's own row of the same target. A row whose target
 * names another document, as in `commerce.order:lines[*].sku`, is laid over that one.
 */
export function override(mapping: MappingSpec | MappingPlan, rows: OverlayRow[]): MappingPlan {
  const { name, from, to } = mapping;
  const parts = stepsOf(mapping).map(
    (spec) => [spec.to, conditionalParts(spec.fields, '')] as const,
  );
  const overlay = rows.map((row) => withinPart({ ...row, ...parseTarget(row.to) }, to, parts));
  const plan = { name, from, to, steps: stepsOf(mapping), overlay };
  const steps = plan.steps.map((spec) => {
    const own = rowsOf(plan, spec.to).map(([row]) => row);
    const replaced = new Set(own.filter(replacesValue).map((row) => row.to));
    return replaced.size === 0 ? spec : { ...spec, fields: without(spec.fields, replaced, '') };
  });
  return { ...plan, steps, preset: plan.steps };
}

/** Whether nothing is left of what was there before: the row neither changes that, nor leaves it to a condition. */
export function replacesValue(row: OverlayRow): boolean {
  return row.when === undefined && !pathsOf(row).some((path) => path.includes('@mapped'));
}

/** Objects that the mapping makes only where their condition holds, such as the account of a company. */
function conditionalParts(fields: FieldRule[], prefix: string): string[] {
  return fields.flatMap((rule) => {
    if (rule.fields === undefined || rule.each !== undefined) return [];
    const path = joinPath(prefix, rule.to);
    return [...(rule.when ? [path] : []), ...conditionalParts(rule.fields, path)];
  });
}

/**
 * Who fills a column of the account means each account, and not that customers without a company get one: a row alone
 * never makes a part that the mapping has left out.
 */
function withinPart(
  row: OverlayRow,
  last: string,
  parts: readonly (readonly [document: string, paths: string[]])[],
): OverlayRow {
  const [, paths = []] = parts.find(([document]) => document === (row.document ?? last)) ?? [];
  const within = paths.findLast((path) => row.to.startsWith(`${path}.`));
  return within === undefined ? row : { ...row, within };
}

function without(fields: FieldRule[], targets: ReadonlySet<string>, prefix: string): FieldRule[] {
  return fields
    .filter(({ to }) => !targets.has(joinPath(prefix, to)))
    .flatMap((rule) => {
      if (rule.fields === undefined) return [rule];
      const inner = innerTarget(joinPath(prefix, rule.to), rule);
      const left = without(rule.fields, targets, inner);
      if (left.length > 0 || rule.each !== undefined) return [{ ...rule, fields: left }];
      // The rows over it fill such a part whole. Where it has a condition, its first field stays to carry that.
      return rule.when ? [{ ...rule, fields: rule.fields.slice(0, 1) }] : [];
    });
}

/** Every target field of a mapping, lists with `[*]`, in the order of the rules. */
export function targetFields(mapping: MappingSpec | MappingPlan): string[] {
  const last = stepsOf(mapping).at(-1);
  return [...new Set(visitLeaves(last?.fields ?? []).map(({ to }) => to))];
}

/** A mapping of the user's own that is no mapping at all has none: it is refused before it runs. */
export function usesFormulas(mapping: MappingSpec | MappingPlan): boolean {
  // To look whether it is a mapping takes longer than all else before it runs.
  if (!JSON.stringify(mapping).includes('"formula"')) return false;
  const overlay = isPlan(mapping) ? (mapping.overlay ?? []) : [];
  const fields = stepsOf(mapping).flatMap(
    (spec) => mappingSpecSchema.safeParse(spec).data?.fields ?? [],
  );
  return valuesWithin([...fields, ...overlay]).some(({ formula }) => formula !== undefined);
}
