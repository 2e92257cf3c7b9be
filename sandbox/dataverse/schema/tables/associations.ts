import { guid, table } from '../columns';
import type { ManyToManySchema, TableSchema } from '../types';

/** Relationships with many rows on both sides. Source: Dynamics 365 Sales entity reference, salesorder and invoice. */

const CONTACT_ORDERS = 'contactorders';
const CONTACT_INVOICES = 'contactinvoices';

function intersect(
  name: string,
  schemaName: string,
  objectTypeCode: number,
  sides: readonly [string, string],
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
  });
}

export const intersects: readonly TableSchema[] = [
  intersect(CONTACT_ORDERS, 'ContactOrders', 19, ['contact', 'salesorder']),
  intersect(CONTACT_INVOICES, 'ContactInvoices', 17, ['contact', 'invoice']),
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
];
