import { toServiceError, validationError } from '../errors';
import { compileCondition } from './conditions';
import { conditionWithin, cutList, listRead, within } from './inList';
import type { OverlayRow } from './plan';
import { compilePath } from './read';
import type { RuleContext, Step } from './rules';
import { compileFields, conditional } from './rules';
import type { Scope } from './scope';
import { listIn } from './scope';
import type { Target } from './write';
import { compileRemover, targetKeys } from './write';

/** What a user's rows do to a document that has been mapped. Each comes with the name that messages give it. */
export function compileOverlay(
  rows: readonly (readonly [OverlayRow, string])[],
  context: RuleContext,
): Step[] {
  return rows.flatMap(([row, where]) => {
    const issues: RuleContext['issues'] = [];
    try {
      return compileRow(row, { ...context, issues }).map((step) => withinPart(row.within, step));
    } catch (error) {
      const { message, fix = 'Correct this row.' } = toServiceError(error);
      issues.push({ where: '', message, fix });
      return [];
    } finally {
      context.issues.push(...issues.map((issue) => ({ ...issue, where })));
    }
  });
}

/** Left alone where the mapping has not made the part that the row is of. */
function withinPart(part: string | undefined, step: Step): Step {
  if (part === undefined) return step;
  const read = targetReader(part);
  return (scope, target) => {
    if (read(target) !== undefined) step(scope, target);
  };
}

function compileRow(row: OverlayRow, context: RuleContext): Step[] {
  const inList = cutList(row.to);
  if (inList) return [overlayList(row, inList, context)];
  if (!row.remove) return compileFields([row], context);
  const remove = remover(row.to);
  return row.when ? [conditional(compileCondition(row.when, context.depth), remove)] : [remove];
}

function remover(to: string): Step {
  const remove = compileRemover(to);
  return (_scope, target) => remove(target);
}

function targetReader(list: string): (target: Target) => unknown {
  const keys = targetKeys(list);
  return (target) =>
    keys.reduce<unknown>(
      (at, key) => (at !== null && typeof at === 'object' ? (at as Target)[key] : undefined),
      target,
    );
}

/** What is read beside each element of the target: an element of a list, or the document where none is named. */
interface Beside {
  list?: string;
  /** As many as there are elements in the target; undefined where that cannot be. */
  elements(scope: Scope, targets: unknown[]): readonly unknown[] | undefined;
}

function beside(list: string | undefined): Beside {
  if (list === undefined) return { elements: ({ value }, targets) => targets.map(() => value) };
  const { read } = compilePath(list);
  return {
    list,
    elements: (scope, targets) => {
      const found = listIn(read(scope));
      return Array.isArray(found) && found.length === targets.length ? found : undefined;
    },
  };
}

/** The condition of a row may read another list than its value does, such as that of the shop beside what is mapped. */
function overlayList(
  { when, ...row }: OverlayRow,
  { list, field }: { list: string; field: string },
  context: RuleContext,
): Step {
  if (field.includes('[*]')) {
    throw validationError(
      `target "${row.to}" goes through two lists`,
      'Change such a field in the full mapping (Custom) instead.',
    );
  }
  const depth = context.depth + 1;
  const values = beside(row.remove ? undefined : listRead(row));
  const tested = beside(when && listRead({ when }));
  const rule = values.list === undefined ? row : within(row, values.list);
  const steps = row.remove
    ? [remover(field)]
    : compileFields([{ ...rule, to: field }], {
        ...context,
        depth,
        targetPrefix: `${list}[*]`,
        sourcePrefix: values.list === undefined ? '' : `${values.list}[*]`,
      });
  const test =
    when && compileCondition(tested.list ? conditionWithin(when, tested.list) : when, depth);
  const readTarget = targetReader(list);
  return (scope, target) => {
    const targets = readTarget(target);
    if (!Array.isArray(targets)) return;
    const scopesOf = (read: Beside): ((index: number) => Scope) | undefined => {
      const elements = read.elements(scope, targets);
      if (elements !== undefined) return inElements(scope, elements);
      scope.run.problems.push(lengthProblem(row.to, read.list ?? '', list));
      return undefined;
    };
    const valueAt = scopesOf(values);
    const testedAt = test && scopesOf(tested);
    if (valueAt === undefined || (test && testedAt === undefined)) return;
    targets.forEach((element: unknown, index) => {
      if (element === null || typeof element !== 'object') return;
      if (test && testedAt && !test(testedAt(index))) return;
      for (const step of steps) step(valueAt(index), element as Target);
    });
  };
}

function inElements(parent: Scope, list: readonly unknown[]): (index: number) => Scope {
  const { root, run } = parent;
  return (index) => ({ value: list[index], root, parent, index, run, list });
}

function lengthProblem(to: string, source: string, target: string) {
  return {
    target: to,
    source,
    message: `the lists "${source}" and "${target}" have different lengths`,
    fix: `Read from the list that "${target}" was made of, or use a fixed value.`,
  };
}
