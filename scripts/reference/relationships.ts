/**
 * What the Common Data Model does not say: the names of relationships and of their navigation properties. Source:
 * Dataverse and Dynamics 365 Sales entity reference, Many-to-One relationships of each table.
 */

/**
 * Collection-valued navigation property on the target, which is the relationship's schema name; then the
 * single-valued one, where it differs from the column's name.
 */
export type Names = string | readonly [collection: string, navigation: string];

/** By column; by column and target (`customerid account`) where a lookup has several. */
type Relationships = Readonly<Record<string, Names>>;

interface Audit {
  created?: string;
  behalf?: string;
}

/** Who created and changed a row: four relationships with the user that nearly every table names alike. */
const audit = (table: string, { created = 'base', behalf = '' }: Audit = {}): Relationships => ({
  createdby: `lk_${table}${created}_createdby`,
  modifiedby: `lk_${table}${created}_modifiedby`,
  createdonbehalfby: `lk_${table}${behalf}_createdonbehalfby`,
  modifiedonbehalfby: `lk_${table}${behalf}_modifiedonbehalfby`,
});

/** The names of the tables of Sales and Service that only some columns of a document need. */
const document = (table: string, plural: string, collection: string): Relationships => ({
  ...audit(table),
  owningbusinessunit: `business_unit_${plural}`,
  owninguser: `system_user_${plural}`,
  owningteam: `team_${plural}`,
  transactioncurrencyid: `transactioncurrency_${table}`,
  pricelevelid: `price_level_${plural}`,
  slaid: [`manualsla_${table}`, `sla_${table}_sla`],
  slainvokedid: [`sla_${table}`, `slainvokedid_${table}_sla`],
  'customerid account': [`${collection}_customer_accounts`, 'customerid_account'],
  'customerid contact': [`${collection}_customer_contacts`, 'customerid_contact'],
});

const line = (table: string, lines: string): Relationships => ({
  ...audit(table),
  owninguser: `user_${table}`,
  owningteam: `team_${table}`,
  transactioncurrencyid: `transactioncurrency_${table}`,
  productid: `product_${lines}`,
  uomid: `unit_of_measurement_${lines}`,
  salesrepid: `system_user_${table}`,
  parentbundleid: [`${table}_parent_${table}`, `parentbundleid_${table}`],
  parentbundleidref: [`${table}_parentref_${table}`, `parentbundleidref_${table}`],
  productassociationid: [
    `productAssociation_${table.replace(/detail$/, '')}_details`,
    'productassociationid_productassociation',
  ],
});

/** Activities have the name of their table behind each name. */
function activity(table: string, names: Relationships): Relationships {
  const suffixed = Object.entries(names).map(([column, name]): [string, Names] => [
    column,
    typeof name === 'string' ? [name, `${column}_${table}`] : name,
  ]);
  return Object.fromEntries(suffixed);
}

const closing = (table: string, activities: string): Relationships =>
  activity(table, {
    ...audit(table, { created: '' }),
    owningbusinessunit: activities,
    owninguser: `user_${table}`,
    owningteam: `team_${table}`,
    transactioncurrencyid: `${table}_transactioncurrency_transactioncurrencyid`,
    serviceid: `service_${table}`,
    slaid: [`${table}_sla_slaid`, `sla_activitypointer_sla_${table}`],
    slainvokedid: [`${table}_sla_slainvokedid`, `slainvokedid_activitypointer_sla_${table}`],
  });

export const RELATIONSHIPS: Readonly<Record<string, Relationships>> = {
  account: {
    ...audit('account', { behalf: 'base' }),
    owningbusinessunit: 'business_unit_accounts',
    owninguser: 'user_accounts',
    owningteam: 'team_accounts',
    transactioncurrencyid: 'transactioncurrency_account',
    masterid: 'account_master_account',
    parentaccountid: 'account_parent_account',
    primarycontactid: 'account_primary_contact',
    preferredsystemuserid: 'system_user_accounts',
    defaultpricelevelid: 'price_level_accounts',
    originatingleadid: 'account_originating_lead',
    preferredequipmentid: 'equipment_accounts',
    preferredserviceid: 'service_accounts',
    territoryid: 'territory_accounts',
    slaid: ['manualsla_account', 'sla_account_sla'],
    slainvokedid: ['sla_account', 'slainvokedid_account_sla'],
  },
  contact: {
    ...audit('contact'),
    owningbusinessunit: 'business_unit_contacts',
    owninguser: 'contact_owning_user',
    owningteam: 'team_contacts',
    transactioncurrencyid: 'transactioncurrency_contact',
    masterid: 'contact_master_contact',
    'parentcustomerid account': ['contact_customer_accounts', 'parentcustomerid_account'],
    'parentcustomerid contact': ['contact_customer_contacts', 'parentcustomerid_contact'],
    preferredsystemuserid: 'system_user_contacts',
    defaultpricelevelid: 'price_level_contacts',
    originatingleadid: 'contact_originating_lead',
    preferredequipmentid: 'equipment_contacts',
    preferredserviceid: 'service_contacts',
    slaid: ['manualsla_contact', 'sla_contact_sla'],
    slainvokedid: ['sla_contact', 'slainvokedid_contact_sla'],
  },
  product: {
    ...audit('product'),
    organizationid: 'organization_products',
    transactioncurrencyid: 'transactioncurrency_product',
    parentproductid: 'product_parent_product',
    pricelevelid: 'price_level_products',
    defaultuomid: 'unit_of_measurement_products',
    defaultuomscheduleid: 'unit_of_measurement_schedule_products',
  },
  pricelevel: {
    ...audit('pricelevel'),
    organizationid: 'organization_price_levels',
    transactioncurrencyid: 'transactioncurrency_pricelevel',
  },
  productpricelevel: {
    ...audit('productpricelevel'),
    transactioncurrencyid: 'transactioncurrency_productpricelevel',
    pricelevelid: 'price_level_product_price_levels',
    productid: 'product_price_levels',
    uomid: 'unit_of_measurement_product_price_levels',
    uomscheduleid: 'unit_of_measure_schedule_product_price_level',
    discounttypeid: 'discount_type_product_price_levels',
  },
  uom: {
    ...audit('uom'),
    baseuom: 'unit_of_measurement_base_unit',
    uomscheduleid: 'unit_of_measure_schedule_conversions',
  },
  uomschedule: { ...audit('uomschedule'), organizationid: 'organization_uof_schedules' },
  transactioncurrency: {
    ...audit('transactioncurrency'),
    organizationid: 'organization_transactioncurrencies',
  },
  salesorder: {
    ...document('salesorder', 'orders', 'order'),
    opportunityid: 'opportunity_sales_orders',
    quoteid: 'quote_orders',
    campaignid: 'campaign_orders',
  },
  salesorderdetail: {
    ...line('salesorderdetail', 'order_details'),
    salesorderid: 'order_details',
    quotedetailid: ['msdyn_quotedetail_salesorderdetail', 'QuoteDetailId'],
  },
  orderclose: {
    ...closing('orderclose', 'business_unit_order_close_activities'),
    salesorderid: 'SalesOrder_OrderClose',
  },
  invoice: {
    ...document('invoice', 'invoices', 'invoice'),
    opportunityid: 'opportunity_invoices',
    salesorderid: 'order_invoices',
  },
  invoicedetail: {
    ...line('invoicedetail', 'invoice_details'),
    invoiceid: 'invoice_details',
    salesorderdetailid: ['msdyn_salesorderdetail_invoicedetail', 'SalesOrderDetailId'],
  },
  quote: {
    ...document('quote', 'quotes', 'quote'),
    opportunityid: 'opportunity_quotes',
    campaignid: 'campaign_quotes',
  },
  quotedetail: { ...line('quotedetail', 'quote_details'), quoteid: 'quote_details' },
  quoteclose: {
    ...closing('quoteclose', 'business_unit_quote_close_activities'),
    quoteid: 'Quote_QuoteClose',
  },
  opportunity: {
    ...audit('opportunity'),
    owningbusinessunit: 'business_unit_opportunities',
    owninguser: 'opportunity_owning_user',
    owningteam: 'team_opportunities',
    transactioncurrencyid: 'transactioncurrency_opportunity',
    'customerid account': ['opportunity_customer_accounts', 'customerid_account'],
    'customerid contact': ['opportunity_customer_contacts', 'customerid_contact'],
    parentaccountid: 'opportunity_parent_account',
    parentcontactid: 'opportunity_parent_contact',
    pricelevelid: 'price_level_opportunties',
    originatingleadid: 'opportunity_originating_lead',
    campaignid: 'campaign_opportunities',
    slaid: ['manualsla_opportunity', 'sla_opportunity_sla'],
    slainvokedid: ['sla_opportunity', 'slainvokedid_opportunity_sla'],
  },
  task: activity('task', {
    ...audit('task', { created: '' }),
    owningbusinessunit: 'business_unit_task_activities',
    owninguser: 'user_task',
    owningteam: 'team_task',
    transactioncurrencyid: 'TransactionCurrency_Task',
    serviceid: 'service_task',
    slaid: ['manualsla_task', 'sla_task_sla'],
    slainvokedid: ['sla_task', 'slainvokedid_task_sla'],
  }),
  systemuser: {
    ...audit('systemuser'),
    organizationid: ['organization_system_users', 'organizationid_organization'],
    businessunitid: 'business_unit_system_users',
    parentsystemuserid: 'user_parent_user',
    queueid: 'queue_system_user',
    transactioncurrencyid: 'TransactionCurrency_SystemUser',
    positionid: 'position_users',
    territoryid: 'territory_system_users',
    siteid: 'site_system_users',
  },
  team: {
    ...audit('team'),
    organizationid: ['organization_teams', 'organizationid_organization'],
    businessunitid: 'business_unit_teams',
    administratorid: 'lk_teambase_administratorid',
    queueid: 'queue_team',
    transactioncurrencyid: 'TransactionCurrency_Team',
  },
  businessunit: {
    ...audit('businessunit'),
    organizationid: 'organization_business_units',
    parentbusinessunitid: 'business_unit_parent_business_unit',
    transactioncurrencyid: 'TransactionCurrency_BusinessUnit',
  },
};
