import { guid, table } from '../columns';
import type { ManyToManySchema, TableSchema } from '../types';

/** Relationships with many rows on both sides. Source: entity reference of salesorder, invoice and systemuser. */

const CONTACT_ORDERS = 'contactorders';
const CONTACT_INVOICES = 'contactinvoices';
const USER_ROLES = 'systemuserroles';

/** The table of the pairs of a relationship. `own`: how it differs from those that Microsoft ships. */
export function intersectTable(
  name: string,
  schemaName: string,
  objectTypeCode: number,
  sides: readonly [string, string],
  own: Partial<TableSchema> = {},
): TableSchema {
  return table({
    name,
    schemaName,
    label: schemaName,
    entitySet: `${name}collection`,
    objectTypeCode,
    primaryId: `${name.replace(/s$/, '')}id`,
    primaryName: `${name.replace(/s$/, '')}id`,
    ownership: 'OrganizationOwned',
    stateless: true,
    changeTracking: false,
    intersect: true,
    columns: sides.map((side) => guid(`${side}id`, { writable: 'create', indexed: true })),
    ...own,
  });
}

export const intersects: readonly TableSchema[] = [
  intersectTable(CONTACT_ORDERS, 'ContactOrders', 19, ['contact', 'salesorder']),
  intersectTable(CONTACT_INVOICES, 'ContactInvoices', 17, ['contact', 'invoice']),
  intersectTable(USER_ROLES, 'SystemUserRoles', 15, ['systemuser', 'role']),
];

export const builtInAssociations: readonly ManyToManySchema[] = [
  {
    name: 'contactorders_association',
    intersect: CONTACT_ORDERS,
    sides: ['contact', 'salesorder'],
  },
  {
    name: 'contactinvoices_association',
    intersect: CONTACT_INVOICES,
    sides: ['contact', 'invoice'],
  },
  {
    name: 'systemuserroles_association',
    intersect: USER_ROLES,
    sides: ['systemuser', 'role'],
  },
];
