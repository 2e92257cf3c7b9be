/** A customer. The street is `BillingAddress1` here and `BillingAddress` in an order. */
export const CUSTOMER = {
  CustomerID: 0,
  Email: '',
  Password: '',
  BillingCompany: '',
  BillingFirstName: '',
  BillingLastName: '',
  BillingAddress1: '',
  BillingAddress2: '',
  BillingCity: '',
  BillingState: '',
  BillingZipCode: '',
  BillingCountry: '',
  BillingPhoneNumber: '',
  BillingTaxID: null as string | null,
  ShippingCompany: '',
  ShippingFirstName: '',
  ShippingLastName: '',
  ShippingAddress1: '',
  ShippingAddress2: '',
  ShippingCity: '',
  ShippingState: '',
  ShippingZipCode: '',
  ShippingCountry: '',
  ShippingPhoneNumber: '',
  ShippingAddressType: 0,
  CustomerGroupID: 0,
  Enabled: true,
  MailList: false,
  NonTaxable: false,
  DisableBillingSameAsShipping: false,
  Comments: '',
  AdditionalField1: '',
  AdditionalField2: '',
  AdditionalField3: '',
  TotalStoreCredit: 0,
  ResetPassword: false,
};

export type Customer = typeof CUSTOMER;

/** What the store keeps of a customer beside what it shows: when it changed last, for the filter. */
export interface CustomerRecord {
  customer: Customer;
  lastUpdate: string;
}

export const CUSTOMER_GROUP = {
  CustomerGroupID: 0,
  Name: '',
  Description: '',
  MinimumOrder: 0,
  NonTaxable: false,
};

export type CustomerGroup = typeof CUSTOMER_GROUP;

/** One more address of a customer (v2). The keys are inferred. */
export const ADDRESS_BOOK = {
  CustomerAddressBookID: 0,
  CustomerID: 0,
  Alias: '',
  FirstName: '',
  LastName: '',
  Company: '',
  Address1: '',
  Address2: '',
  City: '',
  State: '',
  ZipCode: '',
  Country: '',
  PhoneNumber: '',
};

export type AddressBook = typeof ADDRESS_BOOK;
