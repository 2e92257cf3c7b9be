import type { DocumentType } from '../documents';
import { fieldOf, isWithin, parsePaths } from './path';
import { compilePath, isListPath } from './read';
import { fieldsIn } from './sample';
import type { Scope } from './scope';
import { isEmpty, listIn } from './scope';

/** What a path gives that is no single value. */
export interface Whole {
  isList: boolean;
  /** Whether it is a list of single values. */
  isOfValues: boolean;
  /** `a list`, as sentences say it. */
  kind: string;
  /** `, such as items[0].sku`: a value in it; empty where none is known. */
  example: string;
}

const isObject = (value: unknown): boolean => value !== null && typeof value === 'object';

/** An empty list is what PHP writes for nothing at all. */
const isNothing = (value: unknown): boolean =>
  isEmpty(value) || (Array.isArray(value) && value.length === 0);

function scopeOf(sample: unknown): Scope {
  const run = { context: {}, problems: [], notes: [], tell: () => undefined, pending: [] };
  return { value: sample, root: sample, parent: undefined, index: 0, run };
}

/** What stands there in the samples, of a path through a list in each of its elements. */
function valuesAt(path: string, samples: readonly unknown[]): unknown[] {
  const { read, yields } = compilePath(path);
  return samples
    .flatMap((sample) => {
      const value = read(scopeOf(sample));
      if (yields === 'one') return [value];
      return yields === 'match' ? (value as unknown[]).slice(0, 1) : (value as unknown[]);
    })
    .filter((value) => !isNothing(value));
}

type Kind = Pick<Whole, 'isList' | 'isOfValues'>;

function kindOf(value: unknown): Kind {
  const list = listIn(value);
  const isList = Array.isArray(list);
  return { isList, isOfValues: isList && !list.some(isObject) };
}

/** What the description says of it, of alternatives of any. */
function describedKind(path: string, document: DocumentType): Kind | undefined {
  for (const { root, steps } of parsePaths(path)) {
    if (root.kind !== 'current' && root.kind !== 'document') continue;
    const at = fieldOf(steps);
    const hasFields = document.fields.some((field) => field.path.startsWith(`${at}[*].`));
    const type = document.fields.find((field) => field.path === at)?.type;
    const isElement = steps.at(-1)?.kind !== 'key';
    if (isElement && hasFields) return { isList: false, isOfValues: false };
    if (!isElement && type === 'object') return { isList: false, isOfValues: false };
    if (!isElement && type === 'list') return { isList: true, isOfValues: !hasFields };
  }
  return undefined;
}

function exampleIn(
  path: string,
  document: DocumentType | undefined,
  samples: readonly unknown[],
): string {
  const at = fieldOf(parsePaths(path)[0]?.steps ?? []);
  const groups = new Set(['object', 'list']);
  const names = [
    ...(document?.fields ?? []).filter(({ type }) => !groups.has(type)).map((field) => field.path),
    ...samples.slice(0, 1).flatMap((sample) => fieldsIn(sample)),
  ];
  const found = names.find((name) => name !== at && isWithin(name, at));
  if (at === '' || found === undefined) return '';
  return `, such as ${at}${found.slice(at.length).replaceAll('[*]', '[0]')}`;
}

/** The list or object that a path gives; undefined where it gives single values, or nobody knows. The samples know best. */
export function wholeAt(
  path: string,
  document: DocumentType | undefined,
  samples: readonly unknown[],
): Whole | undefined {
  if (isListPath(path) === undefined) return undefined;
  const values = valuesAt(path, samples);
  if (values.some((value) => !isObject(value))) return undefined;
  const kind = values.length > 0 ? kindOf(values[0]) : document && describedKind(path, document);
  if (kind === undefined) return undefined;
  const name = kind.isList ? 'a list' : 'an object with fields of its own';
  return { ...kind, kind: name, example: exampleIn(path, document, samples) };
}
