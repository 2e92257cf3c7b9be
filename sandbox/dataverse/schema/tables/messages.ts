import { flag, table, text } from '../columns';
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
  needs: ['name'],
  columns: [],
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
  needs: ['sdkmessageid'],
  columns: [
    // Read-only in the reference; here they come with the rows that the service begins with.
    text('primaryobjecttypecode', 128, {
      schemaName: 'PrimaryObjectTypeCode',
      label: 'Primary Object Type Code',
    }),
    text('secondaryobjecttypecode', 128, {
      schemaName: 'SecondaryObjectTypeCode',
      label: 'Secondary Object Type Code',
      default: 'none',
    }),
    flag('iscustomprocessingstepallowed', true, {
      schemaName: 'IsCustomProcessingStepAllowed',
      label: 'Custom Processing Step Allowed',
      required: 'system',
    }),
  ],
});

/** What the service keeps for itself: no step is called for it. */
const OWN: ReadonlySet<string> = new Set([
  'sdkmessage',
  'sdkmessagefilter',
  'sdkmessageprocessingstep',
  'sdkmessageprocessingstepimage',
  'serviceendpoint',
  'plugintype',
  'asyncoperation',
]);

/** Whether steps can be registered for a table. */
export const hasSteps = ({ name, intersect }: TableSchema): boolean => !intersect && !OWN.has(name);
