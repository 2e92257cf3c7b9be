import { z } from 'zod';

/**
 * What columns hold (Dataverse docs: table reference of salesorder, salesorderdetail, account, contact, product).
 */

export const text = (length: number) => z.string().max(length).optional();

export const guid = z.string().length(36);

/** A number, or the same as decimal text, as many systems write it. */
export const decimal = z.union([z.number(), z.string().regex(/^[+-]?\d+(?:\.\d+)?$/)]);

const PLACE = {
  line1: 250,
  line2: 250,
  line3: 250,
  city: 80,
  stateorprovince: 50,
  postalcode: 20,
  country: 80,
};

/** Of an account or a contact. */
export const ADDRESS = { name: 200, ...PLACE };
/** Of a sales order. */
export const ORDER_ADDRESS = { name: 200, contactname: 150, ...PLACE, telephone: 50 };

/** Null clears the column: an address is written whole. */
const addressText = (length: number) => z.string().max(length).nullish();

/** Columns such as `billto_city`, with their lengths. */
export function addressColumns<Prefix extends string, Part extends string>(
  prefix: Prefix,
  lengths: Record<Part, number>,
) {
  const columns = Object.entries<number>(lengths).map(([part, length]) => [
    `${prefix}_${part}`,
    addressText(length),
  ]);
  return Object.fromEntries(columns) as Record<`${Prefix}_${Part}`, ReturnType<typeof addressText>>;
}
