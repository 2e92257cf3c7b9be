import { describeOperations } from './describeOperations';
import { manyRows, rows } from './xcart.rows';
import { BY_ITSELF, startXCart, tablesOf, xcartNode } from './xcart.shop';

describeOperations({
  name: 'X-Cart',
  start: startXCart,
  node: xcartNode,
  rows,
  many: manyRows,
  rehearsed: {
    tables: tablesOf,
    byItself: BY_ITSELF,
    // The names of statuses are those that every store has.
    nowhere: /_status\.name$|\.externalUrl$|^external_?url$/i,
  },
});
