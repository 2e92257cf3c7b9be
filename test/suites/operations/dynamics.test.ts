import { describeOperations } from './describeOperations';
import { businessRows } from './dynamics.rows.business';
import { customerRows } from './dynamics.rows.customers';
import { environmentRows } from './dynamics.rows.environment';
import { resourceRows } from './dynamics.rows.resources';
import { rowRows } from './dynamics.rows.row';
import { salesRows } from './dynamics.rows.sales';
import { REHEARSED } from './dynamics.rehearsed';
import { dynamicsNode, startDynamics } from './dynamics.shop';

describeOperations({
  name: 'Dynamics 365',
  start: startDynamics,
  node: dynamicsNode,
  rows: [
    ...rowRows,
    ...customerRows,
    ...resourceRows,
    ...businessRows,
    ...environmentRows,
    ...salesRows,
  ],
  rehearsed: REHEARSED,
  many: [],
});
