import { toServiceError, validationError } from '../errors';
import { compileCondition } from './conditions';
import type { Test } from './conditions';
import type { Compilation } from './finish';
import { UNSAFE_KEYS, joinPath } from './path';
import { compilePath } from './read';
import type { Reader, Scope } from './scope';
import { isEmpty, listIn, placeIn } from './scope';
import type { FieldRule } from './spec';
import { MissingEntry } from './transforms/lookup';
import type { CompiledValue } from './value';
import { compileValue } from './value';
import type { Target } from './write';
import { inWave, toCome, wavesOf } from './waves';
import { compileWriter, targetKeys } from './write';

/** Fills one field (or group, or list) of the target from the scope. */
export type Step = (scope: Scope, target: Target) => void;

/** A mistake in the mapping itself, found before anything runs. */
export interface SpecIssue {
  /** `field 3 ("salesorder.name")` */
  where: string;
  message: string;
  fix: string;
}

export interface RuleContext extends Compilation {
  issues: SpecIssue[];
  /** Where nested fields stand, for messages: `order_details[*]`. */
  targetPrefix: string;
  sourcePrefix: string;
  /** Whether the field holds a single value: lists and objects are refused. */
  isSingle?: boolean;
  /** Position of the list of fields, in messages: `fields 3 › `. */
  position: string;
}

export function compileFields(fields: readonly FieldRule[], context: RuleContext): Step[] {
  const waves = wavesOf(fields);
  return fields.flatMap((rule, index) => {
    try {
      const step = compileField(rule, { ...context, position: `${context.position}${index + 1}` });
      return [inWave(waves[index] ?? 0, step)];
    } catch (error) {
      const failure = toServiceError(error);
      context.issues.push({
        where: `field ${context.position}${index + 1} ("${joinPath(context.targetPrefix, rule.to)}")`,
        message: failure.message,
        fix: failure.fix ?? 'Correct this row of the mapping.',
      });
      return [];
    }
  });
}

function compileField(rule: FieldRule, context: RuleContext): Step {
  const step =
    rule.each !== undefined
      ? compileList(rule, context)
      : rule.fields !== undefined
        ? compileGroup(rule, rule.fields, context)
        : compileSingle(rule, context);
  if (rule.when === undefined) return step;
  return conditional(compileCondition(rule.when, context.depth), step);
}

export function conditional(test: Test, step: Step): Step {
  return (scope, target) => {
    if (test(scope)) step(scope, target);
  };
}

function report(scope: Scope, target: string, source: string, error: unknown): void {
  const failure = toServiceError(error);
  scope.run.problems.push({
    target: placeIn(scope, target),
    source: placeIn(scope, source),
    message: failure.message,
    fix: failure.fix ?? 'Correct the value at its source, or change this row of the mapping.',
    ...(failure instanceof MissingEntry && { missing: failure.entry }),
  });
}

/** Parts of the source are copied: what a later row writes must never reach the input item. */
function copy(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !UNSAFE_KEYS.has(key))
      .map(([key, part]) => [key, copy(part)]),
  );
}

/** PHP writes an empty list for what is absent. */
const isNoValue = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function finishSingle(finish: CompiledValue['finish']): CompiledValue['finish'] {
  return finish && ((value, scope) => finish(isNoValue(value) ? undefined : value, scope));
}

/** Of a list or object that stands where a single value should. */
function singleIn(value: object): undefined {
  if (isNoValue(value)) return undefined;
  throw validationError(
    `found ${Array.isArray(value) ? 'a list' : 'an object'}, and the field holds one value`,
    'Read a single value of it, such as billing_address.city or items[0].sku; several are put together by Combine Several.',
  );
}

type Put = (scope: Scope, target: Target, value: unknown) => void;

function compilePut(rule: FieldRule, where: string, label: string): Put {
  const write = compileWriter(rule.to);
  if (rule.value !== undefined) return (_scope, target, value) => write(target, value);
  return (scope, target, value) => {
    if (!isEmpty(value)) write(target, typeof value === 'object' ? copy(value) : value);
    else if (rule.required) {
      report(scope, where, label, missing(label));
    } else if (rule.empty === 'null') write(target, null);
  };
}

function putSingle(put: Put): Put {
  return (scope, target, value) =>
    put(scope, target, value !== null && typeof value === 'object' ? singleIn(value) : value);
}

function missing(label: string): Error {
  return validationError(
    'is required and has no value',
    label.startsWith('@source')
      ? 'Keep the "source" that the trigger puts on each item, or set Store Name in the options.'
      : 'Fill it at its source, or give this row a default.',
  );
}

/** Paths of the current element are shown with the list they are in. */
function sourceLabel(rule: FieldRule, label: string, prefix: string): string {
  return rule.from !== undefined && !/^[\^$@]/.test(rule.from) ? joinPath(prefix, label) : label;
}

function compileSingle(rule: FieldRule, context: RuleContext): Step {
  const compiled = compileValue(rule, context);
  const where = joinPath(context.targetPrefix, rule.to);
  const label = sourceLabel(rule, compiled.label, context.sourcePrefix);
  const putAny = compilePut(rule, where, label);
  const put = context.isSingle ? putSingle(putAny) : putAny;
  const onError = compileOtherwise(rule, compiled, put) ?? report;
  if (compiled.formula)
    return formulaStep(compiled, compiled.formula, { put, where, label, onError });
  const { read } = compiled;
  const finish = context.isSingle ? finishSingle(compiled.finish) : compiled.finish;
  if (finish === undefined && rule.from !== undefined && !rule.required && rule.empty !== 'null') {
    return plainStep(read, rule.to, context.isSingle ? wholeRefused(where, label) : copy);
  }
  return (scope, target) => {
    const told = scope.run.notes.length;
    try {
      const value = read(scope);
      put(scope, target, finish ? finish(value, scope) : value);
    } catch (error) {
      onError(scope, where, label, error, target);
    }
    if (scope.run.notes.length > told) placeNotes(scope, told, where);
  };
}

type OnError = (scope: Scope, where: string, label: string, error: unknown, target: Target) => void;

/** What is done about a value that cannot be read, in a row that never stops its document. */
function compileOtherwise(
  { otherwise }: FieldRule,
  { read }: CompiledValue,
  put: Put,
): OnError | undefined {
  if (otherwise === undefined) return undefined;
  return (scope, _where, _label, error, target) => {
    const value = otherwise === 'keep' ? asWritten(scope, read) : undefined;
    put(scope, target, value);
    const { message } = toServiceError(error);
    scope.run.tell(`${value === undefined ? 'left out' : 'as written'}: ${message}`);
  };
}

/** What stands in the source, where it is a single text or number. */
function asWritten(scope: Scope, read: Reader): string | undefined {
  try {
    const value = read(scope);
    const isPlain = typeof value === 'string' || typeof value === 'number';
    return isPlain ? String(value).trim() : undefined;
  } catch {
    return undefined;
  }
}

/** What was told since then was about this field. */
function placeNotes(scope: Scope, since: number, where: string): void {
  for (const note of scope.run.notes.slice(since)) note.field = placeIn(scope, where);
}

/** What is written of a list or an object; undefined: nothing. */
type Whole = (value: object, scope: Scope) => unknown;

function wholeRefused(where: string, label: string): Whole {
  return (value, scope) => {
    try {
      return singleIn(value);
    } catch (error) {
      report(scope, where, label, error);
      return undefined;
    }
  };
}

/** The common row, path to field: nothing but a list or an object in place of a single value can fail here. */
function plainStep(read: Reader, to: string, whole: Whole): Step {
  const keys = targetKeys(to);
  const [key = ''] = keys;
  const write = compileWriter(to);
  if (keys.length > 1) {
    return (scope, target) => {
      const value = read(scope);
      if (isEmpty(value)) return;
      const kept = typeof value === 'object' ? whole(value, scope) : value;
      if (kept !== undefined) write(target, kept);
    };
  }
  return (scope, target) => {
    const value = read(scope);
    if (isEmpty(value)) return;
    const kept = typeof value === 'object' ? whole(value, scope) : value;
    if (kept !== undefined) target[key] = kept;
  };
}

function formulaStep(
  { finish }: CompiledValue,
  formula: NonNullable<CompiledValue['formula']>,
  { put, where, label, onError }: { put: Put; where: string; label: string; onError: OnError },
): Step {
  return (scope, target) => {
    const settle = (step: () => void): void => {
      const told = scope.run.notes.length;
      try {
        step();
      } catch (error) {
        onError(scope, where, label, error, target);
      }
      placeNotes(scope, told, where);
    };
    const work = formula(scope).then(
      (value) => settle(() => put(scope, target, finish ? finish(value, scope) : value)),
      (error: unknown) =>
        settle(() => {
          throw error;
        }),
    );
    scope.run.pending.push(work);
  };
}

/** Without making a list of the keys. */
function isFilled(group: Target): boolean {
  for (const key in group) if (Object.hasOwn(group, key)) return true;
  return false;
}

/** `fields` without `each`: an object of the target that is written only when something is in it. */
function compileGroup(rule: FieldRule, fields: FieldRule[], context: RuleContext): Step {
  const where = joinPath(context.targetPrefix, rule.to);
  const write = compileWriter(rule.to);
  const steps = compileFields(fields, {
    ...context,
    targetPrefix: where,
    position: `${context.position} › `,
  });
  return (scope, target) => {
    const group: Target = {};
    const before = toCome(scope.run);
    for (const step of steps) step(scope, group);
    if (isFilled(group) || toCome(scope.run) > before) write(target, group);
    else if (rule.required) report(scope, where, 'its fields', missing(''));
  };
}

function compileList(rule: FieldRule, context: RuleContext): Step {
  const { each = '', fields } = rule;
  if (!fields) {
    throw validationError('has "each" without "fields"', 'Add the fields of one element.');
  }
  if (rule.from !== undefined) {
    throw validationError('has both "each" and "from"', 'Put the path of the list into "each".');
  }
  const where = joinPath(context.targetPrefix, rule.to);
  const label = joinPath(context.sourcePrefix, each);
  const read = compilePath(each, context.depth).read;
  const write = compileWriter(rule.to);
  const steps = compileFields(fields, {
    ...context,
    depth: context.depth + 1,
    targetPrefix: `${where}[*]`,
    sourcePrefix: `${label}[*]`,
    position: `${context.position} › `,
  });
  return (scope, target) => {
    const list = splitList(read(scope), rule.split);
    if (Array.isArray(list) && (list.length > 0 || !rule.required)) {
      write(target, mapList(list, steps, scope));
    } else if (!isEmpty(list) && !Array.isArray(list)) {
      report(scope, where, label, notAList());
    } else if (rule.required) report(scope, where, label, missing(label));
    else if (rule.default !== undefined) write(target, structuredClone(rule.default));
  };
}

function notAList(): Error {
  return validationError(
    'expected a list, found one value',
    'Read a list there; text with separators becomes one by "split".',
  );
}

function splitList(value: unknown, separator: string | undefined): unknown {
  if (separator === undefined || typeof value !== 'string') return listIn(value);
  return value.split(separator).map((part) => part.trim());
}

function mapList(list: unknown[], steps: Step[], scope: Scope): Target[] {
  return list.map((value, index) => {
    const target: Target = {};
    const inner: Scope = { value, root: scope.root, parent: scope, index, run: scope.run, list };
    for (const step of steps) step(inner, target);
    return target;
  });
}
