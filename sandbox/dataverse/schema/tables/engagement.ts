import {
  choice,
  date,
  dateTime,
  flag,
  lookup,
  lookupAny,
  memo,
  money,
  states,
  table,
  text,
} from '../columns';

/** What sellers work with beside orders. Source: Dataverse docs, webapi and the entity reference of its example tables. */

export const opportunity = table({
  name: 'opportunity',
  schemaName: 'Opportunity',
  label: 'Opportunity',
  pluralLabel: 'Opportunities',
  entitySet: 'opportunities',
  objectTypeCode: 3,
  columns: [
    text('name', 300, { schemaName: 'Name', label: 'Topic', required: 'application' }),
    memo('description', 2000, { schemaName: 'Description', label: 'Description' }),
    lookupAny(
      'customerid',
      [
        { table: 'account', collection: 'opportunity_customer_accounts' },
        { table: 'contact', collection: 'opportunity_customer_contacts' },
      ],
      { schemaName: 'CustomerId', label: 'Potential Customer' },
    ),
    lookup(
      'pricelevelid',
      { table: 'pricelevel', collection: 'price_level_opportunties' },
      { schemaName: 'PriceLevelId', label: 'Price List' },
    ),
    money('estimatedvalue', { schemaName: 'EstimatedValue', label: 'Est. Revenue', min: 0 }),
    date('estimatedclosedate', { schemaName: 'EstimatedCloseDate', label: 'Est. Close Date' }),
    ...states([
      { value: 0, label: 'Open', reasons: { 1: 'In Progress', 2: 'On Hold' } },
      { value: 1, label: 'Won', reasons: { 3: 'Won' } },
      { value: 2, label: 'Lost', reasons: { 4: 'Canceled', 5: 'Out-Sold' } },
    ]),
  ],
});

/** Tables that a task may be about: one navigation property for each, and its name on their side. */
const REGARDING = (
  [
    ['account', 'Account_Tasks'],
    ['contact', 'Contact_Tasks'],
    ['opportunity', 'Opportunity_Tasks'],
    ['salesorder', 'SalesOrder_Tasks'],
    ['invoice', 'Invoice_Tasks'],
  ] as const
).map(([name, collection]) => ({
  table: name,
  navigation: `regardingobjectid_${name}_task`,
  collection,
}));

export const task = table({
  name: 'task',
  schemaName: 'Task',
  label: 'Task',
  entitySet: 'tasks',
  objectTypeCode: 4212,
  primaryId: 'activityid',
  base: 'activitypointer',
  primaryName: 'subject',
  columns: [
    text('subject', 200, { schemaName: 'Subject', label: 'Subject', required: 'application' }),
    memo('description', 2000, { schemaName: 'Description', label: 'Description' }),
    lookupAny('regardingobjectid', REGARDING, {
      schemaName: 'RegardingObjectId',
      label: 'Regarding',
    }),
    choice('prioritycode', { 0: 'Low', 1: 'Normal', 2: 'High' }, { default: 1 }),
    dateTime('scheduledend', { schemaName: 'ScheduledEnd', label: 'Due Date' }),
    flag('isbilled', false, { schemaName: 'IsBilled', label: 'Is Billed' }),
    ...states([
      {
        value: 0,
        label: 'Open',
        reasons: {
          2: 'Not Started',
          3: 'In Progress',
          4: 'Waiting on someone else',
          7: 'Deferred',
        },
      },
      { value: 1, label: 'Completed', reasons: { 5: 'Completed' } },
      { value: 2, label: 'Canceled', reasons: { 6: 'Canceled' } },
    ]),
  ],
});
