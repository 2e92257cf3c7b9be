import { z } from 'zod';

import { validationError } from '../../errors';
import type { HttpMethod } from '../../http/types';
import { encodeId } from '../../http/url';
import { firstPage, type PageOptions, type Pages } from '../../http/pages';
import type { Schema } from '../../values/schema';
import { createRestClient, type Query, type RestClient, type RestOptions } from '../kit/rest';
import {
  apiBase,
  type ClarityAddress,
  CREDENTIAL_NAME,
  describeApi,
  type ListEnvelope,
} from './api';
import { findAndWrite } from './keyed';
import { OWN_ID } from './profile/kinds';
import { hasAlternatives, readPath, toNames, withNames } from './profile/paths';
import { namesShown, ROWS_SHOWN } from './profile/shown';
import type { FieldMap, OperationName, Profile, Resource, ResourceName } from './profile/schema';
import { clarityRehearsal } from './rehearsal';
import {
  answerSchema,
  besideSchema,
  type Customer,
  customerSchema,
  type Inventory,
  inventorySchema,
  type Order,
  orderSchema,
  type PaymentRecord,
  paymentRecordSchema,
  type Product,
  productSchema,
  recordSchema,
  returnSchema,
  shipmentRecordSchema,
  type WireRecord,
} from './wire';

export interface ClarityOptions extends ClarityAddress, RestOptions {}

export type Id = number | string;

export interface RecordQuery {
  /** Changed at this moment or later; not for a resource without `canAskForChanges`. */
  changedSince?: Date;
  /**
   * Records whose field, by the pack's name, has this value; only fields of `canAskBy`. The service may understand the value
   * its own way, so that what comes has to be looked at.
   */
  where?: Record<string, string>;
  /** Parameters of the service's own, as they are. */
  filters?: Query;
}

/**
 * One kind of record. Documents come with the pack's names beside the service's; what is written may use either. `update`
 * changes only what it is given. An operation that the profile does not have rejects with what to do about it.
 */
export interface Records<T> {
  pages(query?: RecordQuery, options?: PageOptions): Pages<T>;
  get(id: Id): Promise<T>;
  /** @returns what the service answers, which may be less than the record */
  create(document: object): Promise<WireRecord>;
  /**
   * @param record what is changed, if it was read: where the profile has several names for a field, what is written goes
   *   under the one that the record has. Left out: it is read where that matters
   */
  update(id: Id, document: object, record?: object): Promise<WireRecord>;
  remove(id: Id): Promise<void>;
  /** Makes the record of this external id what is given, whether it is there or not. */
  upsert(externalId: string, document: object): Promise<WireRecord>;
  offers(operation: OperationName): boolean;
  canAskForChanges: boolean;
  /** Whether the list can be asked for records with a value of this field, by the pack's name of it. */
  canAskBy(field: string): boolean;
  /** Throws where records have no external id, so that none could be found by it. */
  requireKey(): void;
  idOf(record: object): string;
  /** A document in the names of the service; `record` as for `update`. */
  asWritten(document: object, record?: object): object;
}

/** A request beside the records, of which the profile has method and path. */
export interface Command {
  method: HttpMethod;
  path: string;
  query?: Query;
}

/** The API of a Clarity deployment. Every method rejects with a `ServiceError` that says what to change. */
export interface Clarity {
  profile: Profile;
  orders: Records<Order>;
  products: Records<Product>;
  customers: Records<Customer>;
  inventory: Records<Inventory>;
  payments: Records<PaymentRecord>;
  resource(name: ResourceName): Records<WireRecord>;
  /** @param repeatable a second request does no harm; default: by the method */
  command(command: Command, body?: object, repeatable?: boolean): Promise<unknown>;
  /** The rows of a list that is no resource, such as the registered webhooks. */
  list(command: Command, envelope?: ListEnvelope): Pages<WireRecord>;
}

const SCHEMAS = {
  orders: orderSchema,
  products: productSchema,
  customers: customerSchema,
  inventory: inventorySchema,
  payments: paymentRecordSchema,
  shipments: shipmentRecordSchema,
  returns: returnSchema,
  coupons: besideSchema,
  addresses: besideSchema,
  invoices: besideSchema,
} as const;

const at = (id: Id, field: string): string => encodeId(String(id), field);

function missing(profile: Profile, name: string) {
  return validationError(
    `The API profile "${profile.name}" has no resources.${name}`,
    `Choose another operation, or add it to API Profile in the credential ${CREDENTIAL_NAME} if the service has it.`,
  );
}

const keyless = (profile: Profile, name: string) =>
  validationError(
    `The API profile "${profile.name}" has no resources.${name}.upsert, and resources.${name}.fields.externalId is null, so that no record could be found again`,
    `Choose another operation, or name either in API Profile of the credential ${CREDENTIAL_NAME} if the service has it.`,
  );

/** Without `upsert` a record is looked for, then changed or made. */
const INSTEAD_OF_UPSERT = ['list', 'create', 'update'] as const;

/** One record, wherever the answer has it. */
const recordIn = (profile: Profile, answer: unknown): unknown =>
  readPath(answer, profile.envelope.record) ?? answer;

/** What the profile names, and the id where it names that as such alone. */
function fieldsOf(name: ResourceName, resource: Resource | null | undefined): FieldMap | undefined {
  const { id, fields } = resource ?? {};
  const own = OWN_ID[name];
  return own && id ? { [own]: id, ...fields } : (fields ?? undefined);
}

interface Kind<T> {
  name: ResourceName;
  schema: Schema<T>;
  options: ClarityOptions;
}

function records<T extends object>({ name, schema, options }: Kind<T>): Records<T> {
  const { profile } = options;
  const resource: Resource | null | undefined = profile.resources[name];
  const fields = fieldsOf(name, resource);
  const api = createRestClient(describeApi(options, resource?.list ?? {}), options);
  /** What the service has sent, before it got the names of the pack. */
  const wireOf = new WeakMap<object, unknown>();
  const row = z.unknown().transform((wire, context): T => {
    const read = schema.safeParse(withNames(wire, fields));
    if (read.success) {
      wireOf.set(read.data, wire);
      return read.data;
    }
    read.error.issues.forEach((issue) => context.addIssue(issue));
    return z.NEVER;
  }) as unknown as Schema<T>;
  const one = z.preprocess((answer) => recordIn(profile, answer), row) as Schema<T>;
  const written = z
    .preprocess((answer) => recordIn(profile, answer), answerSchema)
    .transform((wire) => withNames(wire, fields) as WireRecord);

  function requestOf<Name extends OperationName>(operation: Name) {
    const found = resource?.[operation];
    if (!found) throw missing(profile, `${name}.${operation}`);
    return found as NonNullable<Resource[Name]>;
  }

  const wholeNames = profile.wholeNames === true;
  const asWritten = (document: object, record?: object): object =>
    toNames(document, fields, {
      record: record && (wireOf.get(record) ?? record),
      isChanged: record !== undefined,
      wholeNames,
    });

  const shown = namesShown(async () => {
    const rows = await firstPage(pages({}, { pageSize: ROWS_SHOWN }));
    return rows.map((each) => wireOf.get(each) ?? each);
  });

  /** A new record in the names that others of its kind have, where the profile leaves it open. */
  async function asNew(document: object): Promise<object> {
    const isOpen = resource?.list && hasAlternatives(document, fields);
    const record = isOpen ? await shown() : undefined;
    return toNames(document, fields, { record, wholeNames });
  }

  async function write(
    operation: 'create' | 'update' | 'upsert',
    place: (path: string) => string,
    document: object,
    record?: object,
  ): Promise<WireRecord> {
    const { method, path, query } = requestOf(operation);
    const body = operation === 'update' ? asWritten(document, record) : await asNew(document);
    // Whatever the verb: of two creates there are two records.
    const repeatable = operation !== 'create';
    const call = { method, path: place(path), query, body, repeatable };
    return await api.call({ ...call, schema: written as Schema<WireRecord> });
  }

  /** Without its place the id would be nowhere, and the request one for the whole list. */
  const placed = (path: string, place: '{id}' | '{externalId}', text: string): string => {
    if (path.includes(place)) return path.replace(place, text);
    throw validationError(
      `The path ${path} of resources.${name} in the API profile has no ${place}`,
      `Write ${place} where the record is named, in API Profile of the credential ${CREDENTIAL_NAME}.`,
    );
  };
  const withId = (id: Id) => (path: string) => placed(path, '{id}', at(id, 'An ID'));
  const idOf = (record: object): string => String(readPath(record, resource?.id) ?? '');

  async function* pages(
    { changedSince, where = {}, filters }: RecordQuery = {},
    page?: PageOptions,
  ): Pages<T> {
    const { path, query, modifiedSince, where: parameters } = requestOf('list');
    if (changedSince && !modifiedSince) {
      throw validationError(
        `${name} of the API profile "${profile.name}" cannot be asked for what has changed`,
        `Leave out Changed Since, or name the parameter under resources.${name}.list.modifiedSince in API Profile of the credential ${CREDENTIAL_NAME}.`,
      );
    }
    const since =
      changedSince && modifiedSince ? { [modifiedSince]: changedSince.toISOString() } : {};
    const asked = Object.fromEntries(
      Object.entries(where).map(([field, value]) => [parameters?.[field] ?? field, value]),
    );
    yield* api.pages({ path, row, query: { ...query, ...since, ...asked, ...filters } }, page);
  }

  const self: Records<T> = {
    pages,
    idOf,
    requireKey: () => {
      if (fields?.['externalId'] === null) throw keyless(profile, name);
    },
    canAskForChanges: Boolean(resource?.list?.modifiedSince),
    canAskBy: (field) => Object.hasOwn(resource?.list?.where ?? {}, field),
    offers: (operation) => Boolean(resource?.[operation]),
    get: async (id) => {
      const { path, query } = requestOf('get');
      return await api.call({ method: 'GET', path: withId(id)(path), query, schema: one });
    },
    create: async (document) => await write('create', (path) => path, document),
    asWritten,
    update: async (id, document, record) => {
      requestOf('update');
      const isOpen = !record && resource?.get && hasAlternatives(document, fields);
      const known = isOpen ? await self.get(id) : record;
      return await write('update', withId(id), document, known);
    },
    remove: async (id) => {
      const { method, path, query } = requestOf('remove');
      const call = { method, path: withId(id)(path), query, repeatable: true };
      await api.call({ ...call, schema: z.unknown() });
    },
    upsert: async (externalId, document) => {
      const key = at(externalId, 'An external ID');
      if (resource?.upsert) {
        return await write('upsert', (path) => placed(path, '{externalId}', key), document);
      }
      // What makes up for it is known to be there before the store is asked for anything.
      const lacking = INSTEAD_OF_UPSERT.find((operation) => !resource?.[operation]);
      if (lacking) throw missing(profile, `${name}.upsert, nor resources.${name}.${lacking}`);
      return await findAndWrite(self, externalId, document);
    },
  };
  return self;
}

export function createClarity(given: ClarityOptions): Clarity {
  const { profile } = given;
  const rowsOf = (path: string, query?: Query): Pages<unknown> => {
    const list = Object.values(profile.resources).find((each) => each?.list?.path === path)?.list;
    const client = createRestClient(describeApi(options, list ?? {}), options);
    return client.pages({ path, query: { ...list?.query, ...query }, row: z.unknown() });
  };
  const rehearsal = clarityRehearsal(profile, apiBase(given), rowsOf);
  const options: ClarityOptions = { ...given, rehearsal };
  const made = new Map<ResourceName, Records<WireRecord>>();
  const resource = (name: ResourceName): Records<WireRecord> => {
    const known = made.get(name);
    if (known) return known;
    const schema = SCHEMAS[name] as Schema<WireRecord>;
    const fresh = records({ name, schema, options });
    made.set(name, fresh);
    return fresh;
  };
  const api: RestClient = createRestClient(describeApi(options), options);
  return {
    profile,
    resource,
    orders: resource('orders') as Records<Order>,
    products: resource('products') as Records<Product>,
    customers: resource('customers') as Records<Customer>,
    inventory: resource('inventory') as Records<Inventory>,
    payments: resource('payments') as Records<PaymentRecord>,
    command: async (command, body, repeatable) =>
      await api.call({ ...command, body, repeatable, schema: z.unknown() }),
    list: ({ path, query }, envelope) =>
      createRestClient(describeApi(options, envelope), options).pages({
        path,
        query,
        row: recordSchema,
      }),
  };
}
