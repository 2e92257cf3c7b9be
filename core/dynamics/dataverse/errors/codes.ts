import type { KnownError } from '../../../odata/errors';

const THROTTLED = 'Nothing to repair; it is sent again when Dataverse allows it.';
const ROLE =
  'Give the application user a security role with this right: Power Platform admin center > Environments > Settings > Users + permissions > Application users.';
const CHANGED = 'Read the row again and repeat the change on what it holds now.';
const MADE = 'Nothing to repair where it is what is wanted; else choose another name.';
const EXISTS = 'The row is already there. Use Create or Update, or skip it.';

/** Dataverse docs: org-service/web-service-error-codes, api-limits, compose-http-requests-handle-errors. */
export const DATAVERSE_ERRORS: Readonly<Record<string, KnownError>> = {
  '0x80040217': {
    class: 'not-found',
    title: 'The row does not exist',
    fix: 'Check the ID. The row may have been deleted, or be in another environment.',
  },
  '0x80060891': {
    class: 'not-found',
    title: 'No row has these key values',
    fix: 'Check the values of the alternate key.',
  },
  '0x80060890': {
    class: 'validation',
    title: 'These columns are not an alternate key of the table',
    fix: 'Make the alternate key in Power Apps > Tables > Keys, and wait until its status is Active.',
  },
  '0x8006089d': {
    class: 'conflict',
    title: 'Several rows have these key values',
    fix: 'Merge the rows, or use a key that is unique.',
  },
  '0x80040237': { class: 'duplicate', title: 'A row with this key already exists', fix: EXISTS },
  '0x80060892': {
    class: 'duplicate',
    title: 'A row with the same alternate key already exists',
    fix: EXISTS,
  },
  '0x80040333': {
    class: 'duplicate',
    title: 'A duplicate detection rule found the same row',
    fix: 'Update the row that is there, or send without duplicate detection.',
  },
  '0x80060882': {
    class: 'conflict',
    title: 'The row has been changed by somebody else',
    fix: CHANGED,
  },
  '0x8006088d': {
    class: 'validation',
    title: 'The table does not keep row versions',
    fix: 'Leave the ETag out, or switch on optimistic concurrency for the table.',
  },
  '0x8006088a': {
    class: 'validation',
    title: 'The request could not be read',
    fix: 'Check the names of tables and columns; they are case-sensitive.',
  },
  '0x80060888': {
    class: 'validation',
    title: 'The request is not valid OData',
    fix: 'Check the names of columns and the filter.',
  },
  '0x80040203': { class: 'validation', title: 'A value is not valid' },
  '0x80040278': {
    class: 'validation',
    title: 'A text has characters that Dynamics 365 cannot hold',
    fix: 'Take control characters (such as U+000B) and broken emoji out of the text at its source. What this package writes has none: see whether a plug-in or flow writes the text.',
  },
  '0x80044331': {
    class: 'validation',
    title: 'A text is too long',
    fix: 'Shorten the value in the mapping, or make the column longer in Power Apps.',
  },
  '0x8004431a': {
    class: 'validation',
    title: 'A choice has no such value',
    fix: 'Use one of the numbers of the choice, or add the value in Power Apps.',
  },
  '0x80044a02': {
    class: 'validation',
    title: 'The file is larger than its column takes',
    fix: 'Send a smaller file, or raise the maximum size of the column in Power Apps > Tables > Columns.',
  },
  '0x80041103': {
    class: 'validation',
    title: 'The table has no such column',
    fix: 'Check the logical name of the column, or make it in Power Apps.',
  },
  '0x80041102': {
    class: 'validation',
    title: 'There is no such table',
    fix: 'Check the name of the table.',
  },
  '0x80048408': {
    class: 'validation',
    title: 'The status does not belong to the state',
    fix: 'Send a status reason that goes with the state.',
  },
  '0x80040227': {
    class: 'validation',
    title: 'The row is in use by others',
    fix: 'Delete or unlink the rows that point to it first.',
  },
  '0x80040220': { class: 'permission', title: 'The application user lacks a privilege', fix: ROLE },
  '0x80048405': { class: 'permission', title: 'Access is denied', fix: ROLE },
  '0x80042f09': {
    class: 'permission',
    title: 'The application user has no security role',
    fix: ROLE,
  },
  '0x80072560': {
    class: 'permission',
    title: 'The app is not a user of this environment',
    fix: 'Add an application user for the app registration: Power Platform admin center > Environments > Settings > Users + permissions > Application users.',
  },
  '0x8004a104': {
    class: 'permission',
    title: 'The environment is disabled',
    fix: 'An administrator switches it on in the Power Platform admin center.',
  },
  '0x80040265': {
    class: 'validation',
    title: 'A plug-in refused the change',
    fix: 'Its message says why; ask whoever looks after the business rules of this table.',
  },
  '0x80040224': {
    class: 'unknown',
    title: 'A plug-in failed unexpectedly',
    fix: 'See the plug-in trace log, or ask whoever looks after the plug-in.',
  },
  '0x80044151': { class: 'transient', title: 'The database took too long' },
  '0x80044150': { class: 'transient', title: 'The database refused for the moment' },
  '0x8004e023': {
    class: 'validation',
    title: 'Too many rows for an aggregate (50,000)',
    fix: 'Narrow the filter.',
  },
  '0x80072491': {
    class: 'validation',
    title: 'Change tracking is off for this table',
    fix: 'Run Environment: Prepare of the node Dynamics 365 with the part Change Tracking, or switch it on in Power Apps > Tables > Properties > Track changes.',
  },
  '0x80044352': {
    class: 'validation',
    title: 'The change token has expired',
    fix: 'Start again with all rows.',
  },
  '0x80072325': {
    class: 'permission',
    title: 'The storage of the environment is full',
    fix: 'Free or buy storage in the Power Platform admin center.',
  },
  '0x80043b0d': {
    class: 'validation',
    title: 'The line has no unit',
    fix: 'Set a default unit on the product, or map the unit of the line.',
  },
  '0x80043b12': {
    class: 'validation',
    title: 'There is no price list',
    fix: 'Map the price list of the order.',
  },
  '0x80043b11': {
    class: 'validation',
    title: 'The line has no product',
    fix: 'Map the product, or send the line as a write-in product.',
  },
  '0x80048ced': {
    class: 'validation',
    title: 'The currency differs from that of the price list',
    fix: 'Use a price list in the currency of the order.',
  },
  // Of metadata: 429 as seen live, and names of Microsoft's own samples; the documentation has neither.
  '0x80071151': {
    class: 'throttled',
    title: 'Another customization is under way in this environment',
    fix: 'Nothing to repair; it is tried again. Where it lasts, wait for the import of the solution, or whatever else customizes.',
  },
  '0x80047013': { class: 'duplicate', title: 'The column is already there', fix: MADE },
  '0x80060893': { class: 'duplicate', title: 'The alternate key is already there', fix: MADE },
  '0x80044363': { class: 'duplicate', title: 'The table is already there', fix: MADE },
  '0x80048403': { class: 'duplicate', title: 'The relationship is already there', fix: MADE },
  '0x80072322': {
    class: 'throttled',
    title: 'More than 6,000 requests in 5 minutes',
    fix: THROTTLED,
  },
  '0x80072321': {
    class: 'throttled',
    title: 'More than 20 minutes of execution time in 5 minutes',
    fix: THROTTLED,
  },
  '0x80072326': { class: 'throttled', title: 'Too many requests at once', fix: THROTTLED },
};
