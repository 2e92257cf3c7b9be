import { documentType } from '../../../../core/documents';
import { orderSchema } from './wire';

export const TOYSHOP_DOCUMENTS = [
  documentType({
    name: 'toyshop.order',
    displayName: 'Toyshop Order',
    phrase: 'Toyshop order',
    schema: orderSchema,
    needed: ['sum', 'rows', 'rows[*].code', 'rows[*].pieces', 'rows[*].each'],
    sample: {
      no: 17,
      placed: '2026-11-25 14:03:22',
      changed: '2026-11-25 15:20:00',
      state: 'packed',
      buyer: { name: 'Ada Holm', mail: 'ada@example.com' },
      rows: [{ no: 170, code: 'KITE-RED', pieces: 2, each: 12.5 }],
      sum: 25,
    },
  }),
];
