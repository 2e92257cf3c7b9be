/**
 * The made-up catalogue that both sides know: Dataverse as products (`productnumber` = SKU), X-Cart as products
 * and variants. Prices are in the store's currency with two decimals.
 */
export interface CatalogueVariant {
  sku: string;
  name: string;
  price: number;
}

export interface CatalogueProduct {
  sku: string;
  name: string;
  price: number;
  /** The unit it is sold in, as Dataverse names it. */
  unit: string;
  category: string;
  /** Kilograms. */
  weight: number;
  variants: CatalogueVariant[];
}

/** One thing that can stand on an order line: a product, or a variant of one. */
export interface SellableItem {
  sku: string;
  name: string;
  price: number;
  unit: string;
}

type Row = readonly [sku: string, name: string, price: number, weight: number, unit?: string];

const EACH = 'Each';

const BY_CATEGORY: Readonly<Record<string, readonly Row[]>> = {
  Clothing: [
    ['TS-1', 'T-shirt', 19.99, 0.2],
    ['TS-LONG', 'Long-sleeved T-shirt', 24.99, 0.25],
    ['HOOD-1', 'Hooded sweater', 49.5, 0.6],
    ['JKT-RAIN', 'Rain jacket', 89.95, 0.5],
    ['JKT-DOWN', 'Down jacket', 179, 0.7],
    ['SOCK-3', 'Wool socks, three pairs', 17.49, 0.2, 'Pack'],
    ['GLV-WOOL', 'Wool gloves', 21.25, 0.1, 'Pair'],
    ['HAT-FELT', 'Felt hat', 34.9, 0.15],
    ['BELT-1', 'Leather belt', 29.99, 0.3],
    ['SCARF-1', 'Linen scarf', 26.75, 0.12],
  ],
  Kitchen: [
    ['MUG-BLUE', 'Mug, blue glaze', 9.95, 0.35],
    ['MUG-SET4', 'Mugs, set of four', 34.95, 1.4, 'Set'],
    ['PAN-24', 'Frying pan 24 cm', 44.9, 1.3],
    ['PAN-28', 'Frying pan 28 cm', 54.9, 1.7],
    ['POT-3L', 'Saucepan 3 l', 59.99, 1.9],
    ['KNF-CHEF', "Chef's knife 20 cm", 74.5, 0.25],
    ['KNF-BREAD', 'Bread knife', 39.99, 0.2],
    ['BRD-OAK', 'Oak chopping board', 32.4, 1.1],
    ['KTL-1', 'Kettle 1.7 l', 48.25, 1.2],
    ['TEA-EARL', 'Earl Grey tea 250 g', 12.8, 0.27, 'Pack'],
    ['COF-500', 'Coffee beans 500 g', 15.35, 0.52, 'Pack'],
    ['COF-1KG', 'Coffee beans 1 kg', 27.6, 1.03, 'Pack'],
  ],
  Workshop: [
    ['DRL-18V', 'Cordless drill 18 V', 129.99, 1.6],
    ['BIT-SET', 'Drill bits, 20 pieces', 24.49, 0.5, 'Set'],
    ['SAW-HND', 'Hand saw', 22.95, 0.5],
    ['HMR-16', 'Hammer 16 oz', 18.75, 0.7],
    ['SCR-SET', 'Screwdrivers, six pieces', 27.95, 0.8, 'Set'],
    ['SCRW-200', 'Wood screws 4 × 40, 200 pieces', 8.69, 0.6, 'Box'],
    ['NAIL-500', 'Nails 50 mm, 500 pieces', 7.19, 1.5, 'Box'],
    ['TAPE-5M', 'Tape measure 5 m', 11.45, 0.25],
    ['LVL-60', 'Spirit level 60 cm', 29.3, 0.6],
    ['GLV-WORK', 'Work gloves', 6.99, 0.1, 'Pair'],
    ['GLS-SAFE', 'Safety glasses', 9.49, 0.06],
    ['PNT-WHT', 'Wall paint, white, 5 l', 38.9, 6.8],
  ],
  Office: [
    ['NB-A5', 'Notebook A5, dotted', 7.95, 0.25],
    ['NB-A4', 'Notebook A4, ruled', 10.95, 0.45],
    ['PEN-GEL10', 'Gel pens, box of ten', 13.33, 0.15, 'Box'],
    ['PPR-A4', 'Copy paper A4, 500 sheets', 6.49, 2.5, 'Pack'],
    ['LMP-DESK', 'Desk lamp', 64.99, 1.5],
    ['CHR-TASK', 'Task chair', 249, 14.5],
    ['DSK-120', 'Desk 120 cm', 329.5, 28],
    ['MON-ARM', 'Monitor arm', 84.95, 2.4],
    ['KEYB-1', 'Keyboard', 45.75, 0.8],
    ['MOUSE-1', 'Mouse', 25.15, 0.12],
  ],
  Outdoor: [
    ['TENT-2', 'Tent for two', 219.95, 2.6],
    ['SLP-BAG', 'Sleeping bag', 99.9, 1.4],
    ['MAT-1', 'Sleeping mat', 42.35, 0.6],
    ['STV-GAS', 'Gas stove', 37.85, 0.3],
    ['BTL-075', 'Steel bottle 0.75 l', 23.99, 0.3],
    ['LGT-HEAD', 'Head torch', 31.19, 0.1],
    ['PACK-30', 'Rucksack 30 l', 94.6, 1.1],
    ['PACK-55', 'Rucksack 55 l', 154.25, 1.9],
    ['ROPE-20', 'Rope 20 m', 28.65, 1.0],
    ['MAP-CASE', 'Map case', 14.05, 0.1],
  ],
  'Spare parts': [
    ['BAT-18V', 'Battery 18 V 4 Ah', 79.99, 0.65],
    ['CHG-18V', 'Charger 18 V', 49.99, 0.6],
    ['FLT-KTL', 'Kettle filter', 4.29, 0.02],
    ['BLD-SAW', 'Saw blade', 5.79, 0.1],
    ['BULB-E27', 'Light bulb E27', 3.95, 0.05],
    ['CART-GAS', 'Gas cartridge 230 g', 6.25, 0.38],
  ],
};

/** Products that are sold in variants only: their own SKU never stands on a line. */
const VARIANTS: Readonly<Record<string, readonly Row[]>> = {
  'TS-1': [
    ['TS-RED-M', 'T-shirt, red, M', 19.99, 0.2],
    ['TS-RED-L', 'T-shirt, red, L', 19.99, 0.2],
    ['TS-BLK-M', 'T-shirt, black, M', 19.99, 0.2],
    ['TS-BLK-XL', 'T-shirt, black, XL', 22.49, 0.2],
  ],
  'HOOD-1': [
    ['HOOD-GRY-M', 'Hooded sweater, grey, M', 49.5, 0.6],
    ['HOOD-GRY-XL', 'Hooded sweater, grey, XL', 52.5, 0.6],
  ],
};

const variantsOf = (sku: string): CatalogueVariant[] =>
  (VARIANTS[sku] ?? []).map(([variantSku, name, price]) => ({ sku: variantSku, name, price }));

const productOf = (category: string, row: Row): CatalogueProduct => {
  const [sku, name, price, weight, unit = EACH] = row;
  return { sku, name, price, unit, category, weight, variants: variantsOf(sku) };
};

export const CATEGORIES: readonly string[] = Object.keys(BY_CATEGORY);

export const CATALOGUE: readonly CatalogueProduct[] = Object.entries(BY_CATEGORY).flatMap(
  ([category, rows]) => rows.map((row) => productOf(category, row)),
);

/** Every SKU that may stand on an order line. Dataverse must know all of them. */
export const SELLABLE_ITEMS: readonly SellableItem[] = CATALOGUE.flatMap((product) =>
  (product.variants.length > 0 ? product.variants : [product]).map(({ sku, name, price }) => ({
    sku,
    name,
    price,
    unit: product.unit,
  })),
);

/** The units used in the catalogue. */
export const UNITS: readonly string[] = [...new Set(CATALOGUE.map(({ unit }) => unit))];

/** Sold by the store, unknown to Dataverse: for orders that must end as dead letters. */
export const STORE_ONLY_ITEMS: readonly SellableItem[] = [
  { sku: 'GIFT-WRAP', name: 'Gift wrapping', price: 4.5, unit: EACH },
  { sku: 'NEW-2031', name: 'Not yet in the books', price: 58.2, unit: EACH },
];
