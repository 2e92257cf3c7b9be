import { validationError } from '../../core/errors';
import { asObject, errorReader } from '../../core/odata/errors';
import { isAnyOf } from '../../core/odata/query';
import type { ODataService } from '../../core/odata/service';

/**
 * A made-up service: keys of several columns and no GUIDs, errors in a log of lines,
 * other paths, other limits, and no way to look for many values but to compare with each.
 */
export const DEPOT: ODataService = {
  words: {
    name: 'Depot',
    address: 'depot address',
    api: 'the data of this depot',
    pathFix: 'Give a path relative to /data/, such as Shelves.',
    set: { noun: 'a collection', fix: 'Use its public name, such as Shelves.' },
    column: { noun: 'a field', fix: 'Use its public name, such as ItemNumber.' },
    key: 'key',
  },
  rootPath: '/data/',
  ownPath: /^\/data\//,
  headers: { 'x-priority': 'low' },
  limits: {
    url: 300,
    urlInBatch: 2_000,
    operations: 3,
    batchBytes: 100_000,
    pageRows: 2,
    filter: 1_000,
    filterValues: 2,
    pauseMs: 60_000,
  },
  keys: {
    ofText(key) {
      throw validationError(`"${key}" names no row.`, 'Give every column of the key.');
    },
    ofValue: (column, value) => (column === 'LineNumber' ? value : undefined),
  },
  many: { isIn: isAnyOf },
  namespace: 'Depot.Data',
  errorOf: errorReader({
    known: { locked: { class: 'transient', title: 'The shelf is being counted' } },
    byClass: {
      'not-found': { title: 'Depot has no such row', fix: 'Check its key.' },
      authentication: { title: 'Depot does not know you', fix: 'Check the credential.' },
      conflict: { title: 'The row was changed', fix: 'Read the row again.' },
      duplicate: { title: 'The row is there', fix: 'Change the row instead.' },
      throttled: { title: 'Depot is busy', fix: 'It is sent again in a while.' },
      transient: { title: 'Depot is closed', fix: 'Try again later.' },
    },
    otherwise: { title: 'Depot refused the request', fix: 'Correct what the message names.' },
    requestIdHeaders: ['x-depot-request'],
    read(body) {
      const inner = asObject(asObject(asObject(body)?.['error'])?.['innererror']);
      const [, log] = /Log: (.*)/.exec(String(inner?.['message'])) ?? [];
      return { code: String(inner?.['type'] ?? ''), message: log };
    },
  }),
  foreignCode: 'NOT_DEPOT',
  idOf: ({ address }) => /\(([^()]*)\)$/.exec(address ?? '')?.[1],
};
