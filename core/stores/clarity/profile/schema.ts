import { z } from 'zod';

import { checkFilters, checkParameters } from './parameters';
import { fieldPath, headerName, loginPath, request, shape, tokenPath, urlPath } from './shapes';
import { webhooks } from './webhooks';

export type { WebhookProfile } from './webhooks';

/**
 * The API profile of a Clarity deployment: all in which the API of one deployment differs from that of another, as data.
 * Two come with the pack (`brief.ts`, `cef.ts`); a user edits a copy of either in the credential, as JSON.
 *
 * | part | what it says |
 * |---|---|
 * | `name` | what messages call it |
 * | `extends` | `"brief"` or `"cef"`: only what differs from that one is written. Without it the profile stands for itself, and has to name all |
 * | `basePath` | what stands between the address of the shop and the paths below, where the credential names a host alone |
 * | `authentication` | `apiKey` (header), `oauth2` (token path), `session` (ServiceStack login); what the service does not have is null |
 * | `paging` | names of the parameters for page and size; `counts` pages or rows; `first` 0 or 1; `most` rows of one page |
 * | `envelope` | where the answer of a list has its `rows` and their `total`, and that of one record the `record`; null: the answer itself |
 * | `success` | the field that says that an answer is a success although its status is (`at`), and its value then (`is`); null: the status says it |
 * | `errors` | where a refusal has its reason (`reasonAt`, the first text counts), and which statuses say that the key is taken (`duplicate`) |
 * | `resources` | for each kind of record its operations, where it has its `id`, and its field names; see below |
 * | `stock`, `prices` | how many stock levels or prices one request takes (`bulk`), how its body is made, and what its answer `tells` of: `"each"` entry, or `"failures"` alone; null: one by one, as an update of `inventory` or `products` |
 * | `wholeNames` | first and last name of a person are written into the one field of the whole name (`name`), where no record shows which of them the service has |
 * | `webhooks` | registry, names of events, shape of a delivery, signature and time; null: the service sends none, and is polled |
 *
 * **Operations** are `list`, `get`, `create`, `update`, `remove`, `upsert`: method and path below the base, with `{id}` or
 * `{externalId}` where that goes. One that the service does not have is null. `query` adds fixed parameters. A list names the
 * parameter that asks for what has changed since a moment (`modifiedSince`), which is null where there is none: then
 * everything is read, and told apart by its content. `where` names the parameters by which it can be asked for records with
 * one value of a field: `{ "orderId": "SalesOrderID", "externalId": "CustomKey" }`; without them the whole list is read to find
 * the payments of an order, or a record by its external id.
 *
 * **Paths** lead into the service's own documents: `Totals.Total`, `Messages[0]`. Of several, joined by ` ?? `, the first
 * counts that has a value; what is written goes to the one that the record has, and of a new record to the one that others of
 * its kind have; else to the first.
 *
 * **Fields** give the service's names the names that the presets of the pack read (`core/stores/clarity/wire.ts`). A
 * document that comes in keeps all that the service sent, and gets those names beside it: `"orderId": "ID"` adds `orderId`
 * with the value of `ID`. A part of a document, or each entry of a list, is `{ "at": "SalesItems", "fields": { … } }`; `at` is
 * `"."` for parts that stand in the document itself, and `"list": true` makes one part a list of one. What the pack writes is
 * named back the same way, and any other name goes as it is given. Beside what presets read, `modifiedDate` finds changed
 * records, and `externalId` is what a record is looked for by where there is no `upsert`.
 *
 * **Dates** decide how changes are found. `modifiedDate` and `createdDate` (of orders also `orderDate`) say when a record was
 * changed and made; `null` says that the service tells neither: then the whole list is compared, and a record is new that was
 * not there before. A change of `modifiedDate`, of `externalId` or of what `volatile` names is no change of the record,
 * except of an `externalId` in one entry of a list.
 *
 * **Merge**: with `extends`, objects are merged name by name, as deep as they go; texts, numbers and lists take the place of
 * those of the other profile; null takes away what that one has.
 */

const WRITING = ['POST', 'PUT', 'PATCH'] as const;
const write = (needs?: '{id}' | '{externalId}') => request([...WRITING], needs).nullish();
const list = request(['GET']).extend({
  modifiedSince: z.string().min(1).nullish(),
  /** Parameters that ask for records with one value of a field, by the pack's name of the field. */
  where: z.record(z.string(), z.string().min(1)).nullish(),
  rows: fieldPath.nullish(),
  total: fieldPath.nullish(),
});

export type FieldMap = { [name: string]: string | FieldGroup | null | undefined };

export interface FieldGroup {
  /** Where the part, or the list of them, stands. */
  at: string;
  /** What stands there alone is a list of one. */
  list?: boolean;
  fields: FieldMap;
}

const fieldMap: z.ZodType<FieldMap> = z.lazy(() =>
  z.record(
    z.string(),
    z.union([
      fieldPath,
      shape({ at: fieldPath, list: z.boolean().optional(), fields: fieldMap }),
      z.null(),
    ]),
  ),
);

const resource = shape({
  /** Where a document of the service has its id. */
  id: fieldPath,
  list: list.nullish(),
  get: request(['GET'], '{id}').nullish(),
  create: write(),
  update: write('{id}'),
  remove: request(['DELETE', 'POST'], '{id}').nullish(),
  upsert: write('{externalId}'),
  fields: fieldMap.nullish(),
  /** Where the service notes what is no change of the record, beside its date and external id. */
  volatile: z.array(fieldPath).nullish(),
});

export const RESOURCES = [
  'orders',
  'products',
  'customers',
  'inventory',
  'payments',
  'shipments',
  'returns',
  'coupons',
  'addresses',
  'invoices',
] as const;

export type ResourceName = (typeof RESOURCES)[number];

const apiKey = shape({ header: headerName });

const oauth2 = shape({
  tokenPath,
  scope: z.string().nullish(),
  /** Where client id and secret go: RFC 6749, 2.3.1. */
  clientIn: z.enum(['header', 'body']),
});

const session = shape({
  /** `{provider}` is the provider that the credential names. */
  path: loginPath,
  userName: z.string().min(1),
  password: z.string().min(1),
  rememberMe: z.string().min(1).nullish(),
  cookies: z.array(z.string().min(1)).min(1),
});

const bulk = shape({
  bulk: write(),
  most: z.number().int().positive(),
  /** Where the body has the list; null: the body is the list. */
  rows: fieldPath.nullish(),
  /** Where the answer has a list of what became of them; null: it has none, unless it is a list itself. */
  results: fieldPath.nullish(),
  /** Where such an entry has the reason why it failed. */
  reasonAt: z.array(fieldPath).nullish(),
  /** What the answer names: every entry, so that one that it does not name may not be written; or failures, if any. */
  tells: z.enum(['each', 'failures']),
});

const profile = shape({
  name: z.string().trim().min(1),
  basePath: z.union([z.literal(''), urlPath]),
  authentication: shape({
    apiKey: apiKey.nullish(),
    oauth2: oauth2.nullish(),
    session: session.nullish(),
  }),
  paging: shape({
    page: z.string().min(1),
    size: z.string().min(1),
    counts: z.enum(['pages', 'rows']),
    first: z.union([z.literal(0), z.literal(1)]),
    most: z.number().int().positive(),
  }),
  envelope: shape({
    rows: fieldPath.nullish(),
    total: fieldPath.nullish(),
    record: fieldPath.nullish(),
  }),
  success: shape({
    at: fieldPath,
    is: z.union([z.boolean(), z.string(), z.number()]),
  }).nullish(),
  errors: shape({
    reasonAt: z.array(fieldPath).min(1),
    duplicate: z.array(z.number().int()),
  }),
  resources: shape(
    Object.fromEntries(RESOURCES.map((name) => [name, resource.nullish()])) as Record<
      ResourceName,
      z.ZodOptional<z.ZodNullable<typeof resource>>
    >,
  ),
  stock: bulk.nullish(),
  prices: bulk.nullish(),
  wholeNames: z.boolean().nullish(),
  webhooks: webhooks.nullish(),
});

/** What no profile can do without. */
export const PARTS = Object.entries(profile.shape)
  .filter(([, type]) => !type.isOptional())
  .map(([name]) => name);

export const profileSchema = profile.superRefine((value, context) => {
  checkParameters(value, context);
  checkFilters(value, context);
});

export type Profile = z.infer<typeof profileSchema>;
export type Resource = z.infer<typeof resource>;
export type OAuth2Profile = z.infer<typeof oauth2>;
export type SessionProfile = z.infer<typeof session>;
export type OperationName = 'list' | 'get' | 'create' | 'update' | 'remove' | 'upsert';
