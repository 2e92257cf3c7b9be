import { toServiceError, validationError } from '../errors';
import type { OverlayRow } from './plan';
import { compilePath } from './read';
import type { RuleContext, Step } from './rules';
import { compileFields } from './rules';
import type { Reader, Scope } from './scope';
import { listIn } from './scope';
import type { Target } from './write';
import { compileRemover, targetKeys } from './write';

const EACH = '[*].';

/** `list[*].field` in its two parts. */
function cut(path: string): { list: string; field: string } | undefined {
  const at = path.indexOf(EACH);
  return at === -1 ? undefined : { list: path.slice(0, at), field: path.slice(at + EACH.length) };
}

/** What a user's rows do to a document that has been mapped. Each comes with the name that messages give it. */
export function compileOverlay(
  rows: readonly (readonly [OverlayRow, string])[],
  context: RuleContext,
): Step[] {
  return rows.flatMap(([row, where]) => {
    const issues: RuleContext['issues'] = [];
    try {
      return compileRow(row, { ...context, issues });
    } catch (error) {
      const { message, fix = 'Correct this row.' } = toServiceError(error);
      issues.push({ where: '', message, fix });
      return [];
    } finally {
      context.issues.push(...issues.map((issue) => ({ ...issue, where })));
    }
  });
}

function compileRow(row: OverlayRow, context: RuleContext): Step[] {
  const inList = cut(row.to);
  if (inList) return [overlayList(row, inList, context)];
  return row.remove ? [remover(row.to)] : compileFields([row], context);
}

function remover(to: string): Step {
  const remove = compileRemover(to);
  return (_scope, target) => remove(target);
}

function targetListReader(list: string): (target: Target) => unknown {
  const keys = targetKeys(list);
  return (target) =>
    keys.reduce<unknown>(
      (at, key) => (at !== null && typeof at === 'object' ? (at as Target)[key] : undefined),
      target,
    );
}

/** The elements that the row reads, one for each element of the target; the document where it names no list. */
function sourceList(row: OverlayRow): { read?: Reader; from?: string; list?: string } {
  const source = row.from === undefined ? undefined : cut(row.from);
  if (source === undefined) return { from: row.from };
  return { read: compilePath(source.list).read, from: source.field, list: source.list };
}

function overlayList(
  row: OverlayRow,
  { list, field }: { list: string; field: string },
  context: RuleContext,
): Step {
  if (field.includes('[*]')) {
    throw validationError(
      `target "${row.to}" goes through two lists`,
      'Change such a field in the full mapping (Custom) instead.',
    );
  }
  const source = sourceList(row);
  const readTarget = targetListReader(list);
  const steps = row.remove
    ? [remover(field)]
    : compileFields([{ ...row, to: field, from: source.from }], {
        ...context,
        depth: context.depth + 1,
        targetPrefix: `${list}[*]`,
        sourcePrefix: source.list === undefined ? '' : `${source.list}[*]`,
      });
  return (scope, target) => {
    const targets = readTarget(target);
    if (!Array.isArray(targets)) return;
    const sources = listIn(source.read?.(scope));
    if (source.read && (!Array.isArray(sources) || sources.length !== targets.length)) {
      scope.run.problems.push(lengthProblem(row.to, source.list ?? '', list));
      return;
    }
    const around: unknown[] = Array.isArray(sources) ? sources : targets.map(() => scope.value);
    const { root, run } = scope;
    targets.forEach((element: unknown, index) => {
      if (element === null || typeof element !== 'object') return;
      const value = around[index];
      const inner: Scope = { value, root, parent: scope, index, run, list: around };
      for (const step of steps) step(inner, element as Target);
    });
  };
}

function lengthProblem(to: string, source: string, target: string) {
  return {
    target: to,
    source,
    message: `the lists "${source}" and "${target}" have different lengths`,
    fix: `Read from the list that "${target}" was made of, or use a fixed value.`,
  };
}
