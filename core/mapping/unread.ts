import type { DocumentType } from '../documents';
import { fieldOf, isWithin, joinPath, parsePath, parsePaths } from './path';
import type { MappingPlan } from './plan';
import { rowsOf } from './plan';
import type { FieldRule, MappingSpec } from './spec';
import { fromTop, innerTarget, pathsOf, valuesWithin, visitRules } from './visit';

/**
 * A user who fills a column from the shop's own document makes the row of the preset useless, and with it what that row
 * read of the document in between. Fields that only such rows have read are not made at all, unless making them may refuse
 * the document: what was refused with all rows in their place stays refused.
 */

/** What is read of a document: fields with all that is in them, and lists of which only the number of elements counts. */
interface Read {
  fields: ReadonlySet<string>;
  lists: ReadonlySet<string>;
}

/** What is read of a document in between with the user's rows, and what was read without them. */
interface Reads {
  now: Read;
  before: Read;
}

/** The mapping without the rules of documents in between that fill what only replaced rows have read. */
export function withoutUnread(plan: MappingPlan, documents: readonly DocumentType[]): MappingPlan {
  const { preset } = plan;
  if (preset === undefined) return plan;
  // From the last one to the first: a rule that is left out reads nothing of the document before it.
  const steps = plan.steps.reduceRight<MappingSpec[]>((later, spec, at) => {
    const [next] = later;
    const before = preset[at + 1];
    if (next === undefined || before === undefined || next === before) return [spec, ...later];
    const asked = askedOf(spec.to, plan, documents);
    const now = asked && readBy(next, asked);
    const reads = now && { now, before: readBy(before, asked) };
    return [reads ? { ...spec, fields: neededOf(spec.fields, reads, '') } : spec, ...later];
  }, []);
  return { ...plan, steps };
}

/** What is read of a document apart from the mapping that goes on from it; undefined where that may be everything. */
function askedOf(
  document: string,
  plan: MappingPlan,
  documents: readonly DocumentType[],
): readonly string[] | undefined {
  const rows = rowsOf(plan, document).map(([row]) => row);
  if (JSON.stringify(rows).includes('@mapped')) return undefined;
  const type = documents.find(({ name }) => name === document);
  return type?.complete || type?.check ? type.reads : [];
}

/** Formulas may read everything, and read the whole document. */
function readBy({ fields: rules }: MappingSpec, asked: readonly string[]): Read {
  const hasFormula = valuesWithin(rules).some(({ formula }) => formula !== undefined);
  const fields = new Set(hasFormula ? [''] : asked);
  const lists = new Set<string>();
  for (const { rule, around } of visitRules(rules)) {
    const { each, ...value } = rule;
    const places = (path: string) => parsePaths(path).flatMap((one) => fromTop(one, around) ?? []);
    for (const place of pathsOf(value).flatMap(places)) fields.add(readAt(place));
    for (const place of each === undefined ? [] : places(each)) lists.add(readAt(place));
  }
  return { fields, lists };
}

/** The field that a path reads; a filter reads whatever its tests name, so that all of its list is read. */
function readAt(path: string): string {
  if (path === '') return '';
  const { steps } = parsePath(path);
  const filter = steps.findIndex(({ kind }) => kind === 'filter');
  return fieldOf(filter === -1 ? steps : steps.slice(0, filter));
}

function neededOf(rules: readonly FieldRule[], reads: Reads, prefix: string): FieldRule[] {
  return rules.flatMap((rule) => {
    const to = fieldOf(parsePath(joinPath(prefix, rule.to)).steps);
    const stays = isRead(to, reads.now) || !isRead(to, reads.before) || mayRefuse(rule);
    if (rule.fields === undefined) return stays ? [rule] : [];
    // What is in a group that must not be empty may be all that fills it.
    if (rule.required && rule.each === undefined) return [rule];
    const fields = neededOf(rule.fields, reads, innerTarget(to, rule));
    return stays || fields.length > 0 ? [{ ...rule, fields }] : [];
  });
}

function isRead(to: string, { fields, lists }: Read): boolean {
  for (const field of fields) if (isWithin(to, field) || isWithin(field, to)) return true;
  for (const list of lists) if (isWithin(list, to)) return true;
  return false;
}

/** A rule with no other setting copies what is there, and cannot fail. */
const CANNOT_FAIL: ReadonlySet<string> = new Set<keyof FieldRule>([
  'to',
  'note',
  'when',
  'from',
  'value',
  'default',
  'empty',
  'otherwise',
]);

function mayRefuse(rule: FieldRule): boolean {
  if (rule.required) return true;
  if (rule.fields !== undefined) return rule.each !== undefined;
  return rule.otherwise === undefined && Object.keys(rule).some((name) => !CANNOT_FAIL.has(name));
}
