const COMMON = 'applicationCommon/';
const FOUNDATION = `${COMMON}foundationCommon/`;
const CRM = `${FOUNDATION}crmCommon/`;
const SALES = `${CRM}sales/`;
const SERVICE = `${CRM}service/`;

/** Where the Common Data Model describes a table: its documents, each of which extends the one before. */
export const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  account: [`${COMMON}Account`, `${FOUNDATION}Account`, `${CRM}Account`],
  contact: [`${COMMON}Contact`, `${FOUNDATION}Contact`, `${CRM}Contact`],
  product: [`${FOUNDATION}Product`],
  pricelevel: [`${FOUNDATION}PriceList`],
  productpricelevel: [`${FOUNDATION}PriceListItem`, `${SALES}PriceListItem`],
  uom: [`${FOUNDATION}Unit`],
  uomschedule: [`${FOUNDATION}UnitGroup`],
  transactioncurrency: [`${COMMON}Currency`],
  salesorder: [`${SALES}Order`],
  salesorderdetail: [`${SALES}OrderProduct`],
  orderclose: [`${SALES}OrderClose`],
  invoice: [`${SALES}Invoice`],
  invoicedetail: [`${SALES}InvoiceProduct`],
  quote: [`${SALES}Quote`],
  quotedetail: [`${SALES}QuoteProduct`],
  quoteclose: [`${SALES}QuoteClose`],
  opportunity: [`${SALES}Opportunity`],
  task: [`${COMMON}Task`, `${SERVICE}Task`],
  systemuser: [`${COMMON}User`, `${SERVICE}User`],
  team: [`${COMMON}Team`],
  businessunit: [`${COMMON}BusinessUnit`],
};

/** The tables behind the names of CDM entities that lookups point to. */
export const ENTITIES: Readonly<Record<string, string>> = {
  Account: 'account',
  BusinessUnit: 'businessunit',
  Campaign: 'campaign',
  Contact: 'contact',
  Currency: 'transactioncurrency',
  DiscountList: 'discounttype',
  FacilityEquipment: 'equipment',
  Invoice: 'invoice',
  InvoiceProduct: 'invoicedetail',
  Lead: 'lead',
  Opportunity: 'opportunity',
  Order: 'salesorder',
  OrderProduct: 'salesorderdetail',
  Organization: 'organization',
  Position: 'position',
  PriceList: 'pricelevel',
  Product: 'product',
  ProductAssociation: 'productassociation',
  Queue: 'queue',
  Quote: 'quote',
  QuoteProduct: 'quotedetail',
  SLA: 'sla',
  Service: 'service',
  Site: 'site',
  Team: 'team',
  Territory: 'territory',
  Unit: 'uom',
  UnitGroup: 'uomschedule',
  User: 'systemuser',
};
