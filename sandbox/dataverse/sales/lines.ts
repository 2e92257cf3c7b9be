import type { Engine } from '../engine';
import { DataverseError, errors } from '../errors';
import { isReference, type Row, type Value } from '../store/row';
import { roundAmounts } from '../write/money';
import type { TableRules, Write } from '../write/rules';
import { recalculate } from './documents';
import { refuseUnlessActive } from './editable';
import { linesOf, precisionOf, related, type DocumentKind } from './kinds';
import { lineAmounts } from './totals';

const missing = (code: string, what: string): DataverseError =>
  new DataverseError(400, code, `The ${what} is missing.`);

/** Either a product of the catalogue with its unit, or a product that is written in. */
function checkProduct(row: Row): void {
  if (row.isproductoverridden === true) {
    if (row.productid) {
      throw errors.invalidArgument(
        "A line with 'isproductoverridden' cannot have a 'productid': send 'productdescription' alone.",
      );
    }
    if (!row.productdescription) {
      throw errors.invalidArgument(
        "A line with 'isproductoverridden' needs the column 'productdescription'.",
      );
    }
    return;
  }
  if (!row.productid) throw missing('0x80043b11', 'product id');
  if (!row.uomid) throw missing('0x80043b0d', 'unit id');
}

interface Price {
  priceperunit: Value;
  pricingerrorcode: number;
}

const MISSING_PRICE_LEVEL = 2;
const MISSING_UNIT_PRICE = 5;
const NOT_IN_PRICE_LEVEL = 11;

function priceOf({ engine, before }: Write, document: Row, line: Row): Price {
  const given: Price = {
    priceperunit: line.priceperunit ?? 0,
    pricingerrorcode: line.priceperunit == null ? MISSING_UNIT_PRICE : 0,
  };
  const own = line.isproductoverridden === true || line.ispriceoverridden === true;
  // What a price list says now does not reach a line whose prices are locked.
  const isLocked = document.ispricelocked === true && before !== undefined;
  if (own || isLocked || engine.switches.cataloguePrice === 'given') return given;
  return listedPrice(engine, document, line);
}

/** The price of the price list; a client's own price does not count. */
function listedPrice(engine: Engine, document: Row, line: Row): Price {
  const priceList = document.pricelevelid;
  if (!isReference(priceList)) return { priceperunit: 0, pricingerrorcode: MISSING_PRICE_LEVEL };
  const product = line.productid;
  const items = isReference(product)
    ? engine.database.referrers('productpricelevel', 'productid', product)
    : [];
  const item = items.find(
    (row) => sameId(row.pricelevelid, priceList) && sameId(row.uomid, line.uomid),
  );
  return item
    ? { priceperunit: item.amount ?? 0, pricingerrorcode: 0 }
    : { priceperunit: 0, pricingerrorcode: NOT_IN_PRICE_LEVEL };
}

const sameId = (left: Value | undefined, right: Value | undefined): boolean =>
  isReference(left) && isReference(right) && left.id === right.id;

function documentOf({ engine, table }: Write, kind: DocumentKind, row: Row): Row {
  const document = related(engine, row, kind.parent);
  if (!document) {
    throw errors.invalidArgument(
      `A validation error occurred. The required column '${kind.parent}' of '${table.name}' has no value.`,
    );
  }
  return document;
}

function names(engine: Engine, kind: DocumentKind, row: Row): Record<string, Value> {
  const product = related(engine, row, 'productid');
  const name = product?.name ?? row.productdescription ?? null;
  return {
    productname: name,
    [kind.lineName]: typeof name === 'string' ? name.slice(0, 100) : null,
  };
}

export function lineRules(kind: DocumentKind): TableRules {
  const documentId = (row: Row): string => {
    const parent = row[kind.parent];
    return isReference(parent) ? parent.id : '';
  };
  return {
    prepare: (write, row) => {
      const { engine } = write;
      const document = documentOf(write, kind, row);
      refuseUnlessActive(engine, kind, document);
      checkProduct(row);
      const priced = roundAmounts(engine, write.table, {
        ...row,
        ...priceOf(write, document, row),
        transactioncurrencyid: document.transactioncurrencyid ?? null,
      });
      return {
        ...priced,
        ...lineAmounts(priced, precisionOf(engine, document)),
        ...names(engine, kind, row),
        ...(kind.lineState ? { [kind.lineState]: document.statecode ?? 0 } : {}),
        exchangerate: document.exchangerate ?? 1,
        lineitemnumber: row.lineitemnumber ?? linesOf(engine, kind, documentId(row)).length + 1,
      };
    },
    after: ({ engine }, row) => recalculate(engine, kind, documentId(row)),
    beforeDelete: (engine, row, cascaded) => {
      const document = related(engine, row, kind.parent);
      if (document && !cascaded) refuseUnlessActive(engine, kind, document);
    },
    // Where the document itself goes, its totals are nothing that anybody is told of.
    afterDelete: (engine, row, cascaded) => {
      if (!cascaded) recalculate(engine, kind, documentId(row));
    },
  };
}
