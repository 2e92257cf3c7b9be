import { lookup, table, text } from '../columns';

/** Security roles. Source: Dataverse docs, entity reference of role. */
export const role = table({
  name: 'role',
  schemaName: 'Role',
  stateless: true,
  label: 'Security Role',
  entitySet: 'roles',
  objectTypeCode: 1036,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: [
    text('name', 100, { schemaName: 'Name', label: 'Name', required: 'system' }),
    text('description', 2000, { label: 'Description' }),
    lookup(
      'businessunitid',
      { table: 'businessunit', collection: 'business_unit_roles', onDelete: 'restrict' },
      { schemaName: 'BusinessUnitId', label: 'Business Unit', required: 'system' },
    ),
  ],
});

/** Every right of the environment, by name. Source: Dataverse docs, entity reference of privilege. */
export const privilege = table({
  name: 'privilege',
  schemaName: 'Privilege',
  stateless: true,
  label: 'Privilege',
  entitySet: 'privileges',
  objectTypeCode: 1023,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: [text('name', 100, { schemaName: 'Name', label: 'Name', required: 'system' })],
});
