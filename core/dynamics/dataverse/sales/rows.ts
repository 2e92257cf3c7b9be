import { omit } from 'lodash';

import { type ServiceError, validationError } from '../../../errors';
import type { Row } from '../../../odata/types';
import { isBlank, numberIn } from '../../../values';
import type { Product, SalesNames } from './lookups';
import type { LinePlan, SalesPlan } from './read';
import type { SalesDocument } from './salesDocument';

export interface LineOptions {
  /** What to do with a SKU that Dynamics 365 does not know. Default `fail`. */
  unknownProducts?: 'fail' | 'write-in';
}

/** A line ready to be written. */
export interface LineRow {
  id: string;
  /** Columns and bindings, without the line's own key. */
  row: Row;
  /** The document chose the unit itself; else the product's default was taken for a new line. */
  unitChosen: boolean;
  /** Why it cannot be added. A line that is already there may stay, and change. */
  obstacle?: ServiceError;
}

export interface SalesRows {
  header: Row;
  lines?: LineRow[];
}

function withNumbers({ numbers }: SalesDocument, row: Row, where: string): Row {
  const given = numbers.filter((column) => typeof row[column] === 'string');
  const converted = given.map((column) => {
    const value = row[column] as string;
    const number = isBlank(value) ? null : numberIn(value);
    if (number !== undefined) return [column, number];
    throw validationError(
      `"${column}" of ${where} is not a number: "${value}"`,
      `Map ${column} to a number with a point before the decimals, such as 9.90.`,
    );
  });
  return { ...row, ...Object.fromEntries(converted) };
}

function currencyBinding({ names: { currency } }: SalesPlan, names: SalesNames): Row {
  if (!currency) return {};
  const id = names.currencyId(currency);
  if (!id) {
    throw validationError(
      `Currency "${currency}" is not in Dynamics 365`,
      `Add a currency with the code ${currency} in the environment's settings, or correct transactioncurrency.`,
    );
  }
  return { 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${id})` };
}

function priceListBinding(
  { words }: SalesDocument,
  { names: { priceList, currency, currencyId } }: SalesPlan,
  names: SalesNames,
): Row {
  if (!priceList) return {};
  const id = names.priceListId(priceList, currency ? names.currencyId(currency) : currencyId);
  if (!id) {
    throw validationError(
      `Price list "${priceList}"${currency ? ` in ${currency}` : ''} is not in Dynamics 365`,
      `Create a price list with that name in the currency of the ${words.short}, or correct pricelevel. Where the name stands for several, map transactioncurrency too.`,
    );
  }
  return { 'pricelevelid@odata.bind': `/pricelevels(${id})` };
}

function productOf({ sku, productId }: LinePlan, names: SalesNames): Product | undefined {
  if (productId) return names.productById(productId);
  return sku ? names.product(sku) : undefined;
}

/** What the service would refuse with less clear words. */
function obstacleTo(
  { words }: SalesDocument,
  line: LinePlan,
  product: Product,
  unitId?: string,
): ServiceError | undefined {
  const name = `Product "${line.sku ?? product.id}" of line ${line.number}`;
  if (product.unsellable) {
    return validationError(
      `${name} is ${product.unsellable} in Dynamics 365, and cannot be added to ${words.aShort}`,
      'Activate the product in Dynamics 365 (Product > Activate), or correct the SKU.',
    );
  }
  if (unitId) return undefined;
  return validationError(
    `${name} has no default unit in Dynamics 365`,
    'Set Default Unit on the product, or map uom of the line.',
  );
}

function unknownProduct({ sku, productId, number }: LinePlan): Error {
  if (productId) {
    return validationError(
      `Product ${productId} of line ${number} is not in Dynamics 365`,
      'Correct productid, or map productnumber (SKU) in its place.',
    );
  }
  if (!sku) {
    return validationError(
      `Line ${number} has no SKU`,
      'Set Unknown Products to "Write In", which writes the name of the product instead, or fill productnumber (SKU) or productid of the line by a row of Field Overrides in Commerce Map.',
    );
  }
  return validationError(
    `Product "${sku}" of line ${number} is not in Dynamics 365`,
    `Create a product whose product number (productnumber) is "${sku}", correct the SKU, or set Unknown Products to "Write In".`,
  );
}

function unitOf(line: LinePlan, product: Product, names: SalesNames): string | undefined {
  if (line.unitId) return line.unitId;
  if (!line.unit) return product.unitId;
  const id = names.unitId(line.unit, product.unitGroupId);
  if (id) return id;
  throw validationError(
    `Unit "${line.unit}" of line ${line.number} is not a unit of its product`,
    `Add "${line.unit}" to the product's unit group, correct uom, or leave it out to use the default unit.`,
  );
}

/** A product that is named on the line only (Dataverse docs: salesorderdetail, `isproductoverridden`). */
function writeInRow(line: LinePlan): Row {
  return {
    ...line.columns,
    isproductoverridden: true,
    productdescription: line.columns['productdescription'] ?? line.sku,
  };
}

/** `ispriceoverridden`: else the price list decides, and the price that the shop charged is lost. */
function catalogueRow(line: LinePlan, product: Product, unitId: string | undefined): Row {
  const columns = omit(line.columns, 'productdescription');
  const priced = columns['priceperunit'] !== undefined && columns['priceperunit'] !== null;
  return {
    ...(priced && { ispriceoverridden: true }),
    ...columns,
    'productid@odata.bind': `/products(${product.id})`,
    ...(unitId && { 'uomid@odata.bind': `/uoms(${unitId})` }),
  };
}

function lineRow(
  kind: SalesDocument,
  line: LinePlan,
  names: SalesNames,
  options: LineOptions,
): LineRow {
  const where = `line ${line.number}`;
  const product = line.writeIn ? undefined : productOf(line, names);
  if (product) {
    const unitId = unitOf(line, product, names);
    const row = withNumbers(kind, catalogueRow(line, product, unitId), where);
    const unitChosen = line.unit !== undefined || line.unitId !== undefined;
    const obstacle = obstacleTo(kind, line, product, unitId);
    return { id: line.id, row, unitChosen, ...(obstacle && { obstacle }) };
  }
  const isNamed = line.sku !== undefined || line.productId === undefined;
  if (!line.writeIn && (options.unknownProducts !== 'write-in' || !isNamed)) {
    throw unknownProduct(line);
  }
  return { id: line.id, row: withNumbers(kind, writeInRow(line), where), unitChosen: false };
}

/** The rows of one document, with every name replaced by a binding. Throws a validation error. */
export function salesRows(
  kind: SalesDocument,
  plan: SalesPlan,
  names: SalesNames,
  options: LineOptions,
): SalesRows {
  return {
    header: {
      ...withNumbers(kind, plan.header, `the ${kind.words.name}`),
      ...currencyBinding(plan, names),
      ...priceListBinding(kind, plan, names),
    },
    lines: plan.lines?.map((line) => lineRow(kind, line, names, options)),
  };
}
