/** A variant. `Sufix` is misspelt on the wire. */
export const ADVANCED_OPTION = {
  AdvancedOptionCode: '',
  /** SKU of the variant. */
  AdvancedOptionSufix: '',
  AdvancedOptionName: '',
  AdvancedOptionCost: 0,
  AdvancedOptionStock: 0,
  AdvancedOptionWeight: 0,
  AdvancedOptionPrice: 0,
  AdvancedOptionGTIN: '',
};

export type AdvancedOption = typeof ADVANCED_OPTION;

export const SKU_INFO = {
  CatalogID: 0,
  SKU: '',
  Name: '',
  Cost: 0,
  Price: 0,
  /** v2 only. */
  Currency: 'USD',
  RetailPrice: 0,
  SalePrice: 0,
  OnSale: false,
  /** Of a product with variants: unrelated to theirs. */
  Stock: 0,
};

export type SkuInfo = typeof SKU_INFO;

export const CATEGORY_LINK = { CategoryID: 0, CategoryName: '' };

export type CategoryLink = typeof CATEGORY_LINK;

export const DISTRIBUTOR_LINK = {
  DistributorID: 0,
  DistributorName: '',
  DistributorItemCost: 0,
  DistributorItemID: '',
  DistributorStockID: '',
};

export const OPTION = {
  OptionID: 0,
  OptionName: '',
  OptionSelected: false,
  OptionHide: false,
  OptionValue: 0,
  OptionPartNumber: '',
  OptionSorting: 0,
  OptionImagePath: '',
  OptionBundleCatalogId: 0,
  OptionBundleQuantity: 0,
};

export type Option = typeof OPTION;

export const OPTION_SET = {
  OptionSetID: 0,
  OptionSetName: '',
  OptionSorting: 0,
  OptionRequired: true,
  OptionType: 'Dropdown',
  OptionList: [] as Option[],
};

export type OptionSet = typeof OPTION_SET;

const numbered = (prefix: string, most: number, value: unknown, ending = ''): object =>
  Object.fromEntries(
    Array.from({ length: most }, (_unused, index) => [`${prefix}${index + 1}${ending}`, value]),
  );

const EXTRA_FIELDS = 13;
const PRICE_LEVELS = 10;

/** A product, whole: the keys in the order in which v2 tells them. Values are those of an empty one. */
export const PRODUCT = {
  SKUInfo: SKU_INFO,
  MFGID: '',
  ShortDescription: '',
  ManufacturerID: 0,
  /** v2 only. */
  ManufacturerName: '',
  DistributorList: [] as Array<typeof DISTRIBUTOR_LINK>,
  LastUpdate: '',
  UserID: null as string | null,
  GTIN: '',
  CategoryList: [] as CategoryLink[],
  NonTaxable: false,
  NotForSale: false,
  Hide: false,
  GiftCertificate: false,
  HomeSpecial: false,
  CategorySpecial: false,
  NonSearchable: false,
  GiftWrapItem: false,
  ShipCost: 0,
  Weight: 0,
  Height: 0,
  Width: 0,
  Depth: 0,
  SelfShip: false,
  FreeShipping: false,
  RewardPoints: 0,
  RedeemPoints: 0,
  DisableRewards: false,
  StockAlert: 0,
  ReorderQuantity: 0,
  /** -1 the store's default, 0 undefined, 1 out of stock, 2 back-order, 3 waiting list. */
  InventoryControl: -1,
  InStockMessage: '',
  OutOfStockMessage: '',
  BackOrderMessage: '',
  Warehouse: { Location: '', Bin: '', Aisle: '', Custom: '' },
  Description: '',
  Keywords: '',
  ...numbered('ExtraField', EXTRA_FIELDS, ''),
  FeatureList: [] as object[],
  PluginList: {},
  MainImageFile: '',
  ImageGalleryList: [] as object[],
  OptionSetList: [] as OptionSet[],
  AdvancedOptionList: [] as AdvancedOption[],
  RelatedProductList: [] as object[],
  UpSellingItemList: [] as object[],
  DiscountList: [] as object[],
  ...numbered('PriceLevel', PRICE_LEVELS, 0),
  ...numbered('PriceLevel', PRICE_LEVELS, false, 'Hide'),
  DateCreated: '',
  TaxCode: '',
  Title: '',
  CustomFileName: '',
  MetaTags: '',
  SerialList: [] as object[],
  EProductList: [] as object[],
};

export type Product = typeof PRODUCT;

/** A product with the keys of v1. */
export function olderProduct({ ManufacturerName, SKUInfo, ...product }: Product): object {
  const { Currency, ...info } = SKUInfo;
  return { SKUInfo: info, ...product };
}

export const CATEGORY = {
  CategoryID: 0,
  CategoryName: '',
  Link: '',
  CategoryDescription: '',
  CategoryIcon: '',
  CategoryMain: '',
  CategoryParent: 0,
  Sorting: 0,
  Hide: false,
  UserID: null as string | null,
  LastUpdate: '',
  SmartCategories: '',
  Title: '',
  CustomFileName: '',
  MetaTags: '',
  CategoryHeader: '',
  CategoryFooter: '',
};

export type Category = typeof CATEGORY;
