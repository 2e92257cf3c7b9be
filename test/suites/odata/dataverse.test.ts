import { randomUUID } from 'node:crypto';

import { forgetTokens } from '../../../core/dynamics/auth';
import { contains } from '../../../core/dynamics/dataverse/filters';
import { dateOnly } from '../../../core/odata/query';
import { connectDataverse } from '../../conformance/dataverse-on-sandbox';
import { describeODataService } from './describeODataService';
import { startSandboxService } from './sandboxService';

const DAY = '1999-12-31';
const MOMENT = '2026-10-31T08:00:00Z';
beforeEach(forgetTokens);

describeODataService({
  name: 'Dataverse',
  otherRootPath: '/api/data/v9.1/',
  table: {
    set: 'accounts',
    text: { column: 'name', longest: 160 },
    number: 'numberofemployees',
    primaryKey: ({ accountid }) => String(accountid),
    unusedKey: randomUUID,
    newKey: () => ({ accountid: randomUUID() }),
    textKey: {
      column: 'accountnumber',
      of: ({ accountnumber }) => ({ accountnumber: String(accountnumber) }),
      refused: '/<>*%&:\\?+',
    },
    lookup: { navigation: 'parentaccountid', valueColumn: '_parentaccountid_value' },
    contains: (text) => contains('name', text),
    mayFindOthers: (text) => text.includes('['),
  },
  values: [
    { set: 'accounts', column: 'revenue', value: 0.01 },
    { set: 'accounts', column: 'donotemail', value: true },
    { set: 'contacts', column: 'birthdate', value: DAY, inFilter: dateOnly(DAY) },
    { set: 'tasks', column: 'scheduledend', value: MOMENT, inFilter: new Date(MOMENT) },
  ],
  start: () => startSandboxService('dataverse', connectDataverse),
});
