import { validationError } from '../errors';
import { encodeText } from '../http/url';
import { column, entitySet, literal } from './query';
import type { ODataService } from './service';
import type { RecordKey } from './types';

/** What naming a row takes of a service. */
export type Naming = Pick<ODataService, 'keys' | 'words'>;

function keyPart({ keys, words }: Naming, name: string, value: string | number | boolean): string {
  const checked = column(name, words.column);
  if (typeof value !== 'string') return `${checked}=${literal(value)}`;
  const own = keys.ofValue?.(name, value);
  if (own !== undefined) return `${checked}=${own}`;
  if (value === '') {
    throw validationError(`The value of ${name} is empty.`, 'A key needs a value in every column.');
  }
  return `${checked}=${encodeText(literal(value), `The value of ${name}`)}`;
}

/** `(00000000-…)` or `(accountnumber='A1',region=2)` */
export function keySegment(service: Naming, key: RecordKey): string {
  if (typeof key === 'string') return `(${service.keys.ofText(key)})`;
  const parts = Object.entries(key).map(([name, value]) => keyPart(service, name, value));
  if (parts.length > 0) return `(${parts.join(',')})`;
  throw validationError(
    `The ${service.words.key} has no columns.`,
    'Name at least one column and its value.',
  );
}

/** `accounts(00000000-…)` */
export function recordPath(service: Naming, set: string, key: RecordKey): string {
  return `${entitySet(set, service.words.set)}${keySegment(service, key)}`;
}
