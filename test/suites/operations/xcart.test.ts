import { describeOperations } from './describeOperations';
import { manyRows, rows } from './xcart.rows';
import { startXCart, xcartNode } from './xcart.shop';

describeOperations({ name: 'X-Cart', start: startXCart, node: xcartNode, rows, many: manyRows });
