import { roleByKey } from '../api/keys';
import { CHARGE_FIELDS, RESOURCES, type Document, type Resource } from '../model';
import type { ClaritySwitches } from '../switches';
import { withNumericIds } from './ids';
import { problem } from './problems';
import { STANDARD } from './tellings';
import type { Deployment } from './types';

const HIDDEN: ReadonlySet<string> = new Set(CHARGE_FIELDS);

/** The document as the shop has it, without what the switches hide. */
export function plain(resource: Resource, document: Document, switches: ClaritySwitches): object {
  const { chargeFields, numericIds } = switches;
  const shown =
    resource === 'orders' && !chargeFields
      ? Object.fromEntries(Object.entries(document).filter(([name]) => !HIDDEN.has(name)))
      : document;
  return numericIds ? (withNumericIds(shown) as object) : shown;
}

/** The profile of the product brief: REST, camelCase, problem JSON. */
export const brief: Deployment = {
  name: 'brief',
  base: '/api/v1',
  resources: Object.fromEntries(
    RESOURCES.map((path) => [path, { path }]),
  ) as Deployment['resources'],
  operations: () => ({
    bulk: 'PATCH inventory/bulk',
    hooks: 'GET webhooks',
    subscribe: 'POST webhooks',
    hook: 'GET webhooks/{id}',
    unsubscribe: 'DELETE webhooks/{id}',
    upsert: 'PUT {resource}/by-key/{key}',
    list: 'GET {resource}',
    create: 'POST {resource}',
    read: 'GET {resource}/{id}',
    update: 'PATCH {resource}/{id}',
    remove: 'DELETE {resource}/{id}',
  }),
  owners: { bulk: 'inventory' },
  query: () => ({ page: 'page', size: 'pageSize', since: 'modifiedSince' }),
  pageSize: 50,
  createdStatus: 201,
  envelope: ({ rows, page, size, total }) => ({ items: rows, page, pageSize: size, total }),
  show: plain,
  read: (_resource, body) => body,
  path: (_resource, path) => [...path],
  written: (document) => document,
  telling: STANDARD,
  roleOf: roleByKey,
  refuse: problem,
};
