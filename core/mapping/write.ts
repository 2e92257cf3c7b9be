import { validationError } from '../errors';
import { parsePath } from './path';

export type Target = Record<string, unknown>;
export type Writer = (target: Target, value: unknown) => void;

/** The keys of a target field: `billto.city`, or `["x@odata.bind"]` for a name with a dot in it. */
export function targetKeys(text: string): string[] {
  const path = parsePath(text);
  const keys = path.steps.flatMap((step) => (step.kind === 'key' ? [step.key] : []));
  if (path.root.kind !== 'current' || keys.length === 0 || keys.length !== path.steps.length) {
    throw validationError(
      `target "${text}" is not a field name`,
      'Write the target as field or object.field. For lists use "each" with "fields".',
    );
  }
  return keys;
}

function child(target: Target, key: string): Target {
  const existing = target[key];
  if (existing !== null && typeof existing === 'object') return existing as Target;
  const created: Target = {};
  target[key] = created;
  return created;
}

/** Keys come from the spec, never from data, and the reserved ones are refused: nothing can reach a prototype. */
export function compileWriter(text: string): Writer {
  const keys = targetKeys(text);
  const last = keys.pop() ?? '';
  const [first] = keys;
  if (first === undefined) {
    return (target, value) => {
      target[last] = value;
    };
  }
  if (keys.length === 1) {
    return (target, value) => {
      child(target, first)[last] = value;
    };
  }
  return (target, value) => {
    keys.reduce(child, target)[last] = value;
  };
}

/** Removes the field where it stands. */
export function compileRemover(text: string): (target: Target) => void {
  const keys = targetKeys(text);
  const last = keys.pop() ?? '';
  return (target) => {
    let at: unknown = target;
    for (const key of keys) {
      if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return;
      at = (at as Target)[key];
    }
    if (at !== null && typeof at === 'object') delete (at as Target)[last];
  };
}
