import type { SingleOperation } from '../types';

/** The row that an address names. */
export interface Address {
  set: string;
  /** What stands between the brackets: `00000000-…` or `accountnumber='A1'`. Left out: the set itself. */
  key?: string;
}

/** What a request asks for, told by its method and its address (OData 4.0 Protocol, 11.4 and 11.5). */
export type Intent =
  | { kind: 'read' }
  | { kind: 'create'; at: Address }
  | { kind: 'change'; at: Address }
  | { kind: 'replace'; at: Address }
  | { kind: 'delete'; at: Address }
  /** A property of a row is emptied. */
  | { kind: 'clear'; at: Address; property: string }
  | { kind: 'link' | 'unlink'; at: Address; navigation: string; to?: string }
  /** `at` left out: bound to nothing. */
  | { kind: 'call'; name: string; at?: Address };

/** An address as its segments, below the root of the service, and its query. */
export function partsOf(path: string, root: string): { segments: string[]; query: string } {
  const inside = path.startsWith(root) ? path.slice(root.length) : path;
  const at = inside.indexOf('?');
  const address = at < 0 ? inside : inside.slice(0, at);
  return {
    // In keys a slash is encoded.
    segments: address.split('/').filter((segment) => segment !== ''),
    query: at < 0 ? '' : inside.slice(at + 1),
  };
}

/** The row, or the set, that the last of these segments names: `accounts(…)`, `accounts`. */
export function addressOf(segments: readonly string[]): Address {
  const last = segments.at(-1) ?? '';
  const at = last.endsWith(')') ? last.indexOf('(') : -1;
  const name = at < 0 ? last : last.slice(0, at);
  const set = [...segments.slice(0, -1), name].join('/');
  return at < 0 ? { set } : { set, key: last.slice(at + 1, -1) };
}

/** The row that a text names, such as `/accounts(…)` of a binding or `@odata.id` of a reference. */
export const addressIn = (text: string, root: string): Address =>
  addressOf(partsOf(text.replace(/^\/(?!\/)/, ''), root).segments);

function reference(query: string): string | undefined {
  const found = /(?:^|&)\$id=([^&]*)/.exec(query)?.[1];
  return found === undefined ? undefined : decodeURIComponent(found);
}

const isRef = (segments: readonly string[]): boolean => segments.at(-1) === '$ref';

function linkOf(
  kind: 'link' | 'unlink',
  segments: string[],
  { body }: SingleOperation,
  query: string,
): Intent {
  const target = (body as { '@odata.id'?: string } | undefined)?.['@odata.id'] ?? reference(query);
  const navigation = addressOf(segments.slice(-2, -1));
  // A member of a collection may be named by its key in the address.
  const member = navigation.key === undefined ? undefined : `${navigation.set}(${navigation.key})`;
  const to = target ?? member;
  return {
    kind,
    at: addressOf(segments.slice(0, -2)),
    navigation: navigation.set,
    ...(to !== undefined && { to }),
  };
}

function posted(segments: string[], operation: SingleOperation): Intent {
  if (operation.creates) return { kind: 'create', at: addressOf(segments) };
  const [name = ''] = segments.slice(-1);
  return segments.length === 1
    ? { kind: 'call', name }
    : { kind: 'call', name, at: addressOf(segments.slice(0, -1)) };
}

function deleted(segments: string[], operation: SingleOperation, query: string): Intent {
  if (isRef(segments)) return linkOf('unlink', segments, operation, query);
  const [property = ''] = segments.slice(-1);
  return segments.length > 1 && !property.includes('(')
    ? { kind: 'clear', at: addressOf(segments.slice(0, -1)), property }
    : { kind: 'delete', at: addressOf(segments) };
}

/** What a request asks for. Whatever reads is `read`. */
export function intentOf(operation: SingleOperation, root: string): Intent {
  const { segments, query } = partsOf(operation.path, root);
  switch (operation.method) {
    case 'GET':
      return { kind: 'read' };
    case 'POST':
      if (isRef(segments)) return linkOf('link', segments, operation, query);
      return posted(segments, operation);
    case 'PUT':
      if (isRef(segments)) return linkOf('link', segments, operation, query);
      return { kind: 'replace', at: addressOf(segments) };
    case 'PATCH':
      return { kind: 'change', at: addressOf(segments) };
    case 'DELETE':
      return deleted(segments, operation, query);
  }
}
