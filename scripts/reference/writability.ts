/**
 * What else the Common Data Model does not say. Source: Dataverse and Dynamics 365 Sales entity reference, read-only
 * columns of each table, and DateTimeBehavior and DefaultValue of its columns.
 */

/** Columns that the service alone writes, in every table that has them. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'aging30',
  'aging60',
  'aging90',
  'createdby',
  'createdbyexternalparty',
  'createdon',
  'createdonbehalfby',
  'entityimageid',
  'exchangerate',
  'instancetypecode',
  'isautocreate',
  'isprivate',
  'isregularactivity',
  'masterid',
  'merged',
  'modifiedby',
  'modifiedbyexternalparty',
  'modifiedon',
  'modifiedonbehalfby',
  'onholdtime',
  'opendeals',
  'opendeals_date',
  'opendeals_state',
  'openrevenue',
  'openrevenue_date',
  'openrevenue_state',
  'organizationid',
  'owningbusinessunit',
  'owningteam',
  'owninguser',
  'productnumber',
  'scheduleddurationminutes',
  'slainvokedid',
  'timespentbymeonemailandmeetings',
  'versionnumber',
  'volumediscountamount',
  'yomifullname',
]);

const READ_ONLY_OF: Readonly<Record<string, readonly string[]>> = {
  contact: ['accountid', 'fullname', 'parentcontactid'],
  product: ['hierarchypath'],
  salesorderdetail: ['ownerid', 'salesorderispricelocked', 'salesorderstatecode'],
  invoicedetail: ['invoiceispricelocked', 'invoicestatecode', 'ownerid'],
  quote: ['accountid', 'contactid', 'revisionnumber'],
  quotedetail: ['ownerid', 'quotestatecode'],
  opportunity: ['accountid', 'contactid'],
  orderclose: [
    'deliverylastattemptedon',
    'postponeactivityprocessinguntil',
    'sendermailboxid',
    'senton',
    'seriesid',
  ],
  quoteclose: [
    'deliverylastattemptedon',
    'postponeactivityprocessinguntil',
    'sendermailboxid',
    'senton',
    'seriesid',
  ],
  systemuser: [
    'azureactivedirectoryobjectid',
    'defaultfilterspopulated',
    'defaultmailbox',
    'defaultodbfoldername',
    'disabledreason',
    'fullname',
    'identityid',
    'isactivedirectoryuser',
    'isemailaddressapprovedbyo365admin',
  ],
  team: ['isdefault', 'systemmanaged'],
};

/** Columns that cannot be given with a new row. */
const NOT_ON_CREATE: ReadonlySet<string> = new Set(['lastusedincampaign', 'statecode']);

/** Columns that only a new row takes. */
const ONLY_ON_CREATE: ReadonlySet<string> = new Set([
  'importsequencenumber',
  'overriddencreatedon',
]);

export function writabilityOf(
  table: string,
  column: string,
  computed: boolean,
): 'always' | 'create' | 'update' | 'never' {
  const readOnly =
    computed ||
    column.endsWith('_base') ||
    column.endsWith('_composite') ||
    READ_ONLY.has(column) ||
    READ_ONLY_OF[table]?.includes(column) === true;
  if (readOnly && !WRITTEN_AFTER_ALL.has(`${table}.${column}`)) return 'never';
  if (NOT_ON_CREATE.has(column)) return 'update';
  return ONLY_ON_CREATE.has(column) ? 'create' : 'always';
}

const WRITTEN_AFTER_ALL: ReadonlySet<string> = new Set([
  'product.productnumber',
  'transactioncurrency.exchangerate',
]);

/** Columns that hold a day and no time. */
export const DAYS: ReadonlySet<string> = new Set([
  'account.lastusedincampaign',
  'contact.anniversary',
  'contact.birthdate',
  'contact.lastusedincampaign',
  'opportunity.actualclosedate',
  'opportunity.estimatedclosedate',
  'opportunity.finaldecisiondate',
  'opportunity.schedulefollowup_prospect',
  'opportunity.schedulefollowup_qualify',
  'opportunity.scheduleproposalmeeting',
  'quote.effectivefrom',
  'quote.effectiveto',
  'quote.expireson',
  'quote.requestdeliveryby',
  'quotedetail.requestdeliveryby',
]);

/** Flags that are set in a new row, where nobody says otherwise. */
export const SET_BY_DEFAULT: ReadonlySet<string> = new Set(['followemail', 'isregularactivity']);

/** Lookups that the Common Data Model has as plain identifiers; their relationships are not named anywhere. */
export const LOOKUPS: ReadonlySet<string> = new Set([
  'accountid',
  'calendarid',
  'contactid',
  'createdbyexternalparty',
  'defaultmailbox',
  'mobileofflineprofileid',
  'modifiedbyexternalparty',
  'parentcontactid',
  'sendermailboxid',
  'subjectid',
  'teamtemplateid',
]);
