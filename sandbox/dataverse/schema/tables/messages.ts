import { flag, lookup, table, text } from '../columns';
import type { TableSchema } from '../types';

/** What can be done with rows, and with which tables. Source: Dataverse docs, bulk-operations and register-web-hook. */

export const sdkmessage = table({
  name: 'sdkmessage',
  schemaName: 'SdkMessage',
  stateless: true,
  label: 'Sdk Message',
  entitySet: 'sdkmessages',
  objectTypeCode: 4606,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: [text('name', 256, { schemaName: 'Name', label: 'Name', required: 'system' })],
});

export const sdkmessagefilter = table({
  name: 'sdkmessagefilter',
  schemaName: 'SdkMessageFilter',
  stateless: true,
  label: 'Sdk Message Filter',
  entitySet: 'sdkmessagefilters',
  objectTypeCode: 4607,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: [
    text('name', 256, { schemaName: 'Name', label: 'Name' }),
    text('primaryobjecttypecode', 128, { label: 'Primary Object Type Code' }),
    text('secondaryobjecttypecode', 128, {
      label: 'Secondary Object Type Code',
      default: 'none',
    }),
    flag('iscustomprocessingstepallowed', true, { label: 'Custom Processing Step Allowed' }),
    lookup(
      'sdkmessageid',
      { table: 'sdkmessage', collection: 'sdkmessageid_sdkmessagefilter' },
      { schemaName: 'SdkMessageId', label: 'SDK Message', required: 'system' },
    ),
  ],
});

/** What the service keeps for itself: no step is called for it. */
const OWN: ReadonlySet<string> = new Set([
  'sdkmessage',
  'sdkmessagefilter',
  'sdkmessageprocessingstep',
  'sdkmessageprocessingstepimage',
  'serviceendpoint',
  'asyncoperation',
]);

/** Whether steps can be registered for a table. */
export const hasSteps = ({ name, intersect }: TableSchema): boolean => !intersect && !OWN.has(name);
