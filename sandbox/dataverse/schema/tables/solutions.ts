import { flag, guid, integer, lookup, table, text } from '../columns';

/** Who makes customizations, and what they are shipped in. Source: Dataverse docs, entity reference. */

export const publisher = table({
  name: 'publisher',
  schemaName: 'Publisher',
  stateless: true,
  label: 'Publisher',
  entitySet: 'publishers',
  objectTypeCode: 7101,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  primaryName: 'friendlyname',
  columns: [
    text('uniquename', 256, { label: 'Name', required: 'system' }),
    text('friendlyname', 256, { label: 'Display Name', required: 'system' }),
    text('description', 2000, { label: 'Description' }),
    text('customizationprefix', 8, { label: 'Prefix', required: 'system' }),
    integer('customizationoptionvalueprefix', {
      label: 'Option Value Prefix',
      min: 10_000,
      max: 99_999,
    }),
  ],
});

export const solution = table({
  name: 'solution',
  schemaName: 'Solution',
  stateless: true,
  label: 'Solution',
  entitySet: 'solutions',
  objectTypeCode: 7100,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  primaryName: 'friendlyname',
  columns: [
    text('uniquename', 65, { label: 'Name', required: 'system' }),
    text('friendlyname', 256, { label: 'Display Name', required: 'system' }),
    text('description', 2000, { label: 'Description' }),
    text('version', 256, { label: 'Version', required: 'system' }),
    flag('ismanaged', false, { label: 'Package Type' }),
    lookup(
      'publisherid',
      { table: 'publisher', collection: 'publisher_solution', onDelete: 'restrict' },
      { schemaName: 'PublisherId', label: 'Publisher', required: 'system' },
    ),
  ],
});

/** What belongs to a solution: by the id of its metadata, and what kind that is. */
export const solutioncomponent = table({
  name: 'solutioncomponent',
  schemaName: 'SolutionComponent',
  stateless: true,
  label: 'Solution Component',
  entitySet: 'solutioncomponents',
  objectTypeCode: 7103,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  primaryName: 'solutioncomponentid',
  columns: [
    guid('objectid', { label: 'Regarding', writable: 'create' }),
    integer('componenttype', { label: 'Object Type Code', writable: 'create' }),
    lookup(
      'solutionid',
      { table: 'solution', collection: 'solution_solutioncomponent', onDelete: 'cascade' },
      { schemaName: 'SolutionId', label: 'Solution', writable: 'create' },
    ),
  ],
});
