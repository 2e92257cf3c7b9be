import { choice, dateTime, integer, lookup, states, table, text } from '../columns';
import { days, documentColumns, lineColumns } from './document';

const QUOTE_STATES = { 0: 'Draft', 1: 'Active', 2: 'Won', 3: 'Closed' };

/** Source: Common Data Model, Quote; status reasons: Dynamics CRM reference, quote entity option sets. */
export const quote = table({
  name: 'quote',
  schemaName: 'Quote',
  label: 'Quote',
  entitySet: 'quotes',
  objectTypeCode: 1084,
  columns: [
    text('name', 300, { schemaName: 'Name', label: 'Name', required: 'system' }),
    text('quotenumber', 100, {
      schemaName: 'QuoteNumber',
      label: 'Quote ID',
      writable: 'create',
      indexed: true,
    }),
    integer('revisionnumber', {
      schemaName: 'RevisionNumber',
      label: 'Revision ID',
      min: 0,
      default: 0,
      writable: 'create',
    }),
    // The prices of a quote are never locked: Sales has no such messages for it.
    ...documentColumns('quote', 'quote').filter(({ name }) => name !== 'ispricelocked'),
    lookup(
      'opportunityid',
      { table: 'opportunity', collection: 'opportunity_quotes' },
      { schemaName: 'OpportunityId', label: 'Opportunity' },
    ),
    choice('freighttermscode', { 1: 'FOB', 2: 'No Charge' }),
    ...days('effectivefrom', 'effectiveto', 'expireson', 'requestdeliveryby'),
    dateTime('closedon', { schemaName: 'ClosedOn', label: 'Closed On' }),
    ...states([
      { value: 0, label: 'Draft', reasons: { 1: 'In Progress' } },
      { value: 1, label: 'Active', reasons: { 2: 'In Progress', 3: 'Open' } },
      { value: 2, label: 'Won', reasons: { 4: 'Won' } },
      { value: 3, label: 'Closed', reasons: { 5: 'Lost', 6: 'Canceled', 7: 'Revised' } },
    ]),
  ],
});

/** Source: Common Data Model, QuoteProduct. */
export const quotedetail = table({
  name: 'quotedetail',
  schemaName: 'QuoteDetail',
  stateless: true,
  label: 'Quote Product',
  entitySet: 'quotedetails',
  objectTypeCode: 1085,
  primaryName: 'quotedetailname',
  columns: [
    text('quotedetailname', 100, { label: 'Name', writable: 'never' }),
    lookup(
      'quoteid',
      { table: 'quote', collection: 'quote_details', onDelete: 'cascade' },
      { schemaName: 'QuoteId', label: 'Quote', required: 'system', writable: 'create' },
    ),
    ...lineColumns('quote_detail'),
    ...days('requestdeliveryby'),
    choice('quotestatecode', QUOTE_STATES, { label: 'Quote Status', writable: 'never' }),
  ],
});

/** What WinQuote and CloseQuote leave behind: an activity that closes the quote. Source: Common Data Model, QuoteClose. */
export const quoteclose = table({
  name: 'quoteclose',
  schemaName: 'QuoteClose',
  label: 'Quote Close',
  entitySet: 'quotecloses',
  objectTypeCode: 4211,
  primaryId: 'activityid',
  base: 'activitypointer',
  primaryName: 'subject',
  columns: [
    text('subject', 400, { schemaName: 'Subject', label: 'Subject' }),
    text('description', 2000, { schemaName: 'Description', label: 'Description' }),
    text('quotenumber', 100, { schemaName: 'QuoteNumber', label: 'Quote Number' }),
    integer('revision', { schemaName: 'Revision', label: 'Revision' }),
    dateTime('actualend', { schemaName: 'ActualEnd', label: 'Actual End' }),
    lookup(
      'quoteid',
      { table: 'quote', collection: 'Quote_QuoteClose', onDelete: 'cascade' },
      { schemaName: 'QuoteId', label: 'Quote' },
    ),
    ...states([
      { value: 0, label: 'Open', reasons: { 1: 'Open' } },
      { value: 1, label: 'Completed', reasons: { 2: 'Completed' } },
      { value: 2, label: 'Canceled', reasons: { 3: 'Canceled' } },
    ]),
  ],
});
