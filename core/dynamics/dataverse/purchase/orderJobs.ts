import { randomUUID } from 'node:crypto';
import { isEqual, omit } from 'lodash';
import { v5 as uuidV5 } from 'uuid';

import { IDENTITY_NAMESPACE } from '../../../commerce/identity';
import { toServiceError, validationError } from '../../../errors';
import type { Row } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { guidIn } from '../../../values';
import { type FieldServiceNames, textOf } from './names';
import { vendorIdOf } from './vendor';

/** A purchase order in columns of Field Service, and in what people call vendor, warehouse, products and units. */
export interface PurchaseOrder extends Row {
  msdyn_purchaseorderid?: string;
  /** Account number of the vendor, in place of `msdyn_vendor`. */
  vendornumber?: string;
  /** Name or ID of the warehouse that receives, in place of `msdyn_receivetowarehouse`. */
  warehouse?: string;
  /** Columns of the lines, with `productnumber` and `uom` (name of the unit) in place of the lookups. */
  lines?: Row[];
}

export interface PurchaseResult {
  id: string;
  outcome: 'created' | 'updated';
  /** Left out: the document says nothing about lines. */
  lines?: number;
}

/** One purchase order on its way; the same document of the same record, given twice, shares it. */
export interface Job {
  id: string;
  document: PurchaseOrder;
  record?: string;
  /** Nothing tells a second delivery of it from a second order: its key is made anew each time. */
  isNameless: boolean;
  outcome?: Outcome<PurchaseResult>;
}

/** A document that nobody can tell the key of. */
interface Refused {
  outcome: Outcome<PurchaseResult>;
}

/** Field Service entity reference: msdyn_purchaseorder. */
const ID = 'msdyn_purchaseorderid';

type Asked = Pick<Job, 'document' | 'record'>;

/** What messages call it. */
function named({ document, record }: Asked): string {
  const name = textOf(document['msdyn_name']) ?? 'without a name';
  return record === undefined ? name : `${name} (${record})`;
}

function ownId(document: PurchaseOrder): string | undefined {
  const given = textOf(document[ID]);
  const id = guidIn(given);
  if (given === undefined || id !== undefined) return id;
  throw validationError(
    `"${ID}" of the purchase order is not a GUID`,
    `Map ${ID} to a GUID, or leave it out.`,
  );
}

/** Always the same for the same record and vendor, so that a second delivery makes nothing twice. */
function orderId({ document, record }: Asked, names: FieldServiceNames): string {
  const name = named({ document, record });
  const vendor = vendorIdOf(document, names, name);
  if (vendor === undefined) {
    throw validationError(
      `Purchase order ${name} has no vendor`,
      `Give the vendor (vendornumber, or the GUID in msdyn_vendor), or give the order an ID of its own (${ID}).`,
    );
  }
  if (record === undefined) return randomUUID();
  return uuidV5(`purchaseorder:${JSON.stringify([record, vendor])}`, IDENTITY_NAMESPACE);
}

function jobOf(asked: Asked, names: FieldServiceNames): Job {
  const own = ownId(asked.document);
  const isNameless = own === undefined && asked.record === undefined;
  return { ...asked, id: own ?? orderId(asked, names), isNameless };
}

const contentOf = (document: PurchaseOrder): Row => omit(document, 'source', 'claim');

const isSame = (one: Asked, other: Asked): boolean =>
  one.record === other.record && isEqual(contentOf(one.document), contentOf(other.document));

/** Whichever were written, the other would be lost without a word: neither is. */
function refuseBoth(first: Job, other: Asked): void {
  const error = validationError(
    `Purchase orders ${named(first)} and ${named(other)} of this run have the same key; one row cannot hold both, and neither was written`,
    `Give each a vendor (vendornumber) or an ID (${ID}) of its own: without an ID an order is known by record and vendor. Send versions of the same order one after another.`,
  );
  first.outcome ??= { ok: false, error };
}

/**
 * One purchase order for each document, in their order; different documents under one key are refused together.
 *
 * @param recordOf what names the record that the document at this place is of
 */
export function jobsOf(
  documents: PurchaseOrder[],
  names: FieldServiceNames,
  recordOf?: (place: number) => string | undefined,
): (Job | Refused)[] {
  const jobs = new Map<string, Job>();
  return documents.map((document, place) => {
    try {
      const asked = { document, record: recordOf?.(place) };
      const job = jobOf(asked, names);
      const first = jobs.get(job.id);
      if (first && !isSame(first, asked)) refuseBoth(first, asked);
      if (first) return first;
      jobs.set(job.id, job);
      return job;
    } catch (error) {
      return { outcome: { ok: false, error: toServiceError(error) } };
    }
  });
}
