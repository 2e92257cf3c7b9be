import { toServiceError, validationError } from '../errors';
import { compileCondition } from './conditions';
import { conditionWithin, cutList, listRead, within } from './inList';
import type { OverlayRow } from './plan';
import { compilePath, readerOf } from './read';
import type { RuleContext, Step } from './rules';
import { compileFields, conditional } from './rules';
import type { Scope } from './scope';
import { listIn } from './scope';
import { inWave, wavesOf } from './waves';
import type { Target } from './write';
import { compileRemover, targetKeys } from './write';

/** A row with the name that messages give it, and whether its field holds a single value. */
export type OverlaidRow = readonly [row: OverlayRow, where: string, isSingle: boolean];

/** What a user's rows do to a document that has been mapped. */
export function compileOverlay(rows: readonly OverlaidRow[], context: RuleContext): Step[] {
  const waves = wavesOf(rows.map(([row]) => row));
  return rows.flatMap(([row, where, isSingle], at) => {
    const issues: RuleContext['issues'] = [];
    try {
      return compileRow(row, { ...context, issues, isSingle }).map((step) =>
        inWave(waves[at] ?? 0, withinPart(row.within, step)),
      );
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
  const read = readerOf(targetKeys(part));
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

/** What is read beside each element of the target: an element of a list, or the document where none is named. */
interface Beside {
  list?: string;
  /** One for each element of the target; undefined where there are not as many. */
  scopes(scope: Scope, targets: readonly unknown[]): readonly Scope[] | undefined;
}

function beside(list: string | undefined): Beside {
  const read = list === undefined ? undefined : compilePath(list).read;
  const elementsOf = (scope: Scope, targets: readonly unknown[]): unknown =>
    read ? listIn(read(scope)) : targets.map(() => scope.value);
  const scopesOf: Beside['scopes'] = (scope, targets) => {
    const elements = elementsOf(scope, targets);
    const isSame = Array.isArray(elements) && elements.length === targets.length;
    return isSame ? elements.map(inElement(scope, elements)) : undefined;
  };
  // What other rows have made of the document may be another list for each row.
  const isFixed = !(list?.startsWith('@mapped') ?? false);
  return { list, scopes: isFixed ? rememberedIn(list ?? '', scopesOf) : scopesOf };
}

/** Rows that read the same list share the scopes of its elements. */
function rememberedIn(list: string, scopesOf: Beside['scopes']): Beside['scopes'] {
  return (scope, targets) => {
    const known = scope.beside?.get(list);
    if (known?.length === targets.length) return known;
    const made = scopesOf(scope, targets);
    if (made) (scope.beside ??= new Map()).set(list, made);
    return made;
  };
}

function inElement(parent: Scope, list: readonly unknown[]) {
  const { root, run } = parent;
  return (value: unknown, index: number): Scope => ({ value, root, parent, index, run, list });
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
  const readTarget = readerOf(targetKeys(list));
  return (scope, target) => {
    const targets = readTarget(target);
    if (!Array.isArray(targets)) return;
    const scopesBeside = (read: Beside): readonly Scope[] | undefined => {
      const scopes = read.scopes(scope, targets);
      if (!scopes) scope.run.problems.push(lengthProblem(row.to, read.list ?? '', list));
      return scopes;
    };
    const inValues = scopesBeside(values);
    const inTested = test && scopesBeside(tested);
    if (inValues === undefined || (test && inTested === undefined)) return;
    inValues.forEach((inValue, index) => {
      const element: unknown = targets[index];
      const isTested = inTested?.[index];
      if (element === null || typeof element !== 'object') return;
      if (test && isTested && !test(isTested)) return;
      for (const step of steps) step(inValue, element as Target);
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
