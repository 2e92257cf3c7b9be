import { textFunction } from '../../../core/odata/query';
import { describeODataService } from './describeODataService';
import { startToy } from './toyServer';

const MOMENT = '2026-10-31T08:00:00.000Z';

/** Shows that nothing in the suite, or in the client, is Dataverse's own. */
describeODataService({
  name: 'a made-up service',
  otherRootPath: '/depot/v2/',
  table: {
    set: 'Shelves',
    text: { column: 'Name', longest: 60 },
    number: 'Quantity',
    primaryKey: ({ Site, Number: number }) => ({ Site: String(Site), Number: Number(number) }),
    unusedKey: () => ({ Site: 'main', Number: 999_999 }),
    textKey: {
      column: 'Site',
      of: ({ Site, Number: number }) => ({ Site: String(Site), Number: Number(number) }),
    },
    contains: (text) => textFunction('contains', 'Name', text),
  },
  values: [
    { set: 'Shelves', column: 'Quantity', value: 1e-7 },
    { set: 'Shelves', column: 'Quantity', value: 1e21 },
    { set: 'Shelves', column: 'Quantity', value: -0.5 },
    { set: 'Shelves', column: 'Active', value: true },
    { set: 'Shelves', column: 'Active', value: false },
    { set: 'Shelves', column: 'CountedOn', value: MOMENT, inFilter: new Date(MOMENT) },
  ],
  start: startToy,
});
