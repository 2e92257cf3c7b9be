import { z } from 'zod';

import { documentType } from '../documents';
import type { MappingSpec } from '../mapping';
import type { ServicePresets } from './service';
import { presetsOf } from './service';

function half(from: string, to: string): MappingSpec {
  return { from, to, fields: [{ to: 'id', from: 'id' }] };
}

const named = (name: string, displayName: string) =>
  documentType({
    name,
    displayName,
    phrase: displayName.toLowerCase(),
    schema: z.object({ id: z.string() }),
    sample: { id: '1' },
  });

const SHOP: ServicePresets = {
  documents: [named('shop.order', 'Shop Order')],
  toCommon: [half('shop.order', 'commerce.order'), half('shop.item', 'commerce.product')],
  fromCommon: [half('commerce.order', 'shop.status')],
};
const STALL: ServicePresets = {
  documents: [],
  toCommon: [half('stall.order', 'commerce.order')],
};
const BOOKS: ServicePresets = {
  documents: [named('books.invoice', 'Books Invoice')],
  fromCommon: [half('commerce.order', 'books.invoice')],
};
const LEDGER: ServicePresets = {
  documents: [],
  fromCommon: [half('commerce.order', 'ledger.entry')],
};

test('a service that is added meets all others, and never itself', () => {
  const pairs = presetsOf([SHOP, STALL, BOOKS, LEDGER]).map(({ from, to }) => `${from} ${to}`);
  expect(pairs).toEqual([
    'shop.order books.invoice',
    'shop.order ledger.entry',
    'stall.order shop.status',
    'stall.order books.invoice',
    'stall.order ledger.entry',
    'shop.order commerce.order',
    'shop.item commerce.product',
    'stall.order commerce.order',
    'commerce.order shop.status',
    'commerce.order books.invoice',
    'commerce.order ledger.entry',
  ]);
});

test('a preset is named by the documents that it joins, or by their names where nothing is known of them', () => {
  const names = presetsOf([SHOP, BOOKS]).map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual([
    'Shop order to books invoice',
    'Shop order to commerce.order',
    'Shop.item to commerce.product',
  ]);
});
