import type { INodeProperties } from 'n8n-workflow';

import type { RmaQuery } from '../../../core/stores/threedcart/client';
import type { Rma } from '../../../core/stores/threedcart/wire';
import { moment, text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import { type ListChoice, listFields } from '../../shared/records/list';
import { getManyRecords, getRecord } from '../../shared/records/operations';
import { type Store, threeDCart } from '../connection';
import { rmaLocator } from '../locators';

interface Filters {
  askedAfter?: Date;
  sku?: string;
}

const filters: INodeProperties[] = [
  moment('Asked After', 'askedAfter', {
    description: '3dcart knows whole days: on this day or later, by its clock',
  }),
  text('SKU', 'sku'),
];

/** Returns can only be read: 3dcart's API has no way to make or to change them. */
const kind: RecordKind<Store, Rma, RmaQuery, 'get' | 'pages'> = {
  one: 'RMA',
  many: 'RMAs',
  locator: rmaLocator,
  list: listFields({
    filters,
    query: ({ filters: given }: ListChoice<Filters, never>): RmaQuery => given,
  }),
  simple: ['RMAID', 'OrderID', 'RmaDate', 'RMAStatusID', 'RMAReasonID', 'RMAMethodID', 'Comments'],
  descriptions: { get: 'Get one return with its items', pages: 'Get a list of returns' },
  open: ({ client }) => client.rma,
};

export const rma: Resource = {
  name: 'Return (RMA)',
  value: 'rma',
  operations: [getRecord(threeDCart, kind), getManyRecords(threeDCart, kind)],
};
