import { LIMITS, type Limits } from './limit-values';

/** Where an action of Sales stands: behind the set of its table, at the root of the service, or in both places. */
export type ActionForm = 'bound' | 'unbound' | 'both';

/**
 * What Microsoft's documentation leaves open. Every default is an inference, and every one can be turned, so
 * that a client can be tested against both readings.
 */
export interface Switches {
  /**
   * Line ends of a batch around its bodies: CRLF up to the last line (`strict`, as documented; clients in use leave
   * out the last one), CRLF, or LF as well.
   */
  batchLineEnds: 'strict' | 'crlf' | 'any';
  /** A failed change set answers inside a `changesetresponse` multipart, as seen live, or as one part (OData 4.0). */
  failedChangeSet: 'single' | 'nested';
  /** Whether the part of a failed change set repeats the Content-ID of the request that failed. */
  failedChangeSetContentId: boolean;
  /** Whether `$n` reaches out of its change set into earlier parts of the same batch. */
  contentIdScope: 'changeset' | 'batch';
  /** Status of a key that is not declared in the table. */
  undeclaredKeyStatus: number;
  /** Status of an alternate key that another row has already (0x80060892). */
  duplicateKeyStatus: number;
  /** Status of an ETag precondition on a row that does not exist. */
  missingRowEtagStatus: number;
  /** Whether key values with one of / < > * % & : \ are refused, as documented for GET and PATCH. */
  reservedKeyCharacters: 'reject' | 'allow';
  /** Whether `"nav@odata.bind": null` clears a lookup. */
  bindNull: 'clear' | 'reject';
  /** Columns that the service computes, such as totalamount, when a client sends them. */
  computedColumns: 'ignore' | 'reject';
  /** Columns that cannot change after the row was made, such as transactioncurrencyid. */
  createOnlyColumns: 'ignore' | 'reject';
  /** Whether empty text is stored as null. */
  emptyTextIsNull: boolean;
  /** Empty text for a multi-select column: refused, or the column is cleared as by null. */
  emptyChoices: 'reject' | 'clear';
  /** Date and time without a zone. */
  dateTimeWithoutZone: 'reject' | 'utc';
  /** Edm type of date-only columns with the behaviour UserLocal. */
  dateOnlyType: 'Edm.Date' | 'Edm.DateTimeOffset';
  /** Whether `ne` finds rows whose column is null. */
  neFindsNull: boolean;
  /** Whether % _ [ ] are wildcards in `eq` and `ne` too, and not only in contains, startswith, endswith. */
  wildcardsInEquality: boolean;
  /** Where the price of a catalogue product comes from when ispriceoverridden is not true. */
  cataloguePrice: 'price list' | 'given';
  /** Whether FulfillSalesOrder sets the date of an order that has none (`datefulfilled`); no reference says so. */
  fulfillSetsDate: boolean;
  /** Whether converting an order to an invoice sets the order to Invoiced. */
  convertSetsInvoiced: boolean;
  /** Whether converting an active quote to an order closes the quote as won. */
  convertWinsQuote: boolean;
  /** Whether WinQuote, CloseQuote and ConvertQuoteToSalesOrder take a draft, or active quotes alone. */
  draftQuotes: 'accept' | 'reject';
  /** Locking prices that are locked, and unlocking those that are not. */
  pricesLockedAgain: 'accept' | 'reject';
  /**
   * Form of each action that has a table, by its name. FulfillSalesOrder is bound in Microsoft's action reference and
   * unbound in a list that was made of a service; prices are locked behind a row there; the others are unbound.
   */
  actionForms: Record<string, ActionForm>;
  /**
   * Which states of an order a plain PATCH moves: `any`; `open`, only those of an order that is not closed;
   * `never`, none to Canceled, Fulfilled or Invoiced, which then only the messages of Sales reach.
   */
  stateByColumns: 'any' | 'open' | 'never';
  /** A column that is sent with the value it has: an `edit` as any other, or `ignored` by who is not active. */
  unchangedColumns: 'edit' | 'ignored';
  /** The refusal of a change to an order or invoice that is not active. */
  notActive: { status: number; code: string };
  /** Seconds that the index of a new alternate key is Pending. */
  keyIndexSeconds: number;
  /** Milliseconds that a change of metadata takes; another that comes meanwhile is refused. */
  metadataWriteMs: number;
  /** Seconds that metadata is read out of a cache which does not know what was made meanwhile. */
  metadataCacheSeconds: number;
  /** Whether the application user has every right, or those of its security roles. */
  privileges: 'all' | 'roles';
  /**
   * Whether metadata is read by anybody, as the documented rights of its messages say (none), or by who has the right
   * to read tables, columns, relationships and keys, as a refusal seen live says (`prvReadEntity`).
   */
  metadataReads: 'all' | 'privileges';
  /** Retry-After of the limit on concurrent requests, in seconds. */
  concurrencyRetryAfterSeconds: number;
  /** The service protection limits: an environment may have others than the documented ones. */
  limits: Limits;
  /** Whether refused requests count in the window too, so that hammering extends Retry-After. */
  refusedRequestsCount: boolean;
  /** Status of a delta token that is too old (0x80044352). */
  expiredTokenStatus: number;
  /** Status of changes that are asked for of a table which is not tracked (0x80072491). */
  untrackedTableStatus: number;
  /** Which pages of changes have a delta link: the last one alone, as OData has it, or every one beside its next link. */
  deltaLinks: 'last' | 'every';
  /**
   * What says that nothing has changed: a list without rows and the next delta link, or, as the words of the
   * documentation can be read, an empty object.
   */
  noChanges: 'list' | 'empty';
  /** Whether a body that is not declared as application/json is refused with 415. */
  bodyType: 'json' | 'any';
  /** Whether the application user has prvActOnBehalfOfAnotherUser. */
  mayImpersonate: boolean;
  /** How long an endpoint may take to answer, in milliseconds; a minute is documented. */
  webhookTimeoutMs: number;
  /** Wait before the one further try of a delivery that was answered with 502, 503 or 504. */
  webhookRetryMs: number;
  /** Status of a request that a synchronous step has stopped, because its endpoint did not take the event. */
  synchronousFailureStatus: number;
  /** Links that the deletion of their target clears: an update of the row that had them, or nothing that steps see. */
  clearedLinks: 'update' | 'silent';
  /** Members of a delivery: those that are documented, or those of captures of 2025 too. */
  deliveryMembers: 'documented' | '2025';
  /** Whether a delivery tells of the request around the step, as the documented example does. */
  parentContext: 'request' | 'none';
  /** `InitiatingUserId` of a request that acts as another user. */
  initiatingUser: 'caller' | 'impersonated';
  /** `Depth` of changes that the service makes itself, such as the totals of an order after one of its lines. */
  consequenceDepth: number;
  /** `messagepropertyname` of the images of new rows: the result, the parameter, or either. */
  createImageProperty: 'Id' | 'Target' | 'both';
  /** Rank and deployment of a step that has none: 1 and the server, or it is refused, as the metadata has it. */
  stepDefaults: 'fill' | 'require';
  /** Addresses of webhooks: with TLS wherever a certificate can be had, or any. */
  webhookAddress: 'https' | 'any';
  /** Whether a step may be filtered by a column that its table has not. */
  unknownFilterColumns: 'reject' | 'accept';
  /** What `Prefer: respond-async` runs in the background: custom APIs, as documented, or every action and function. */
  respondAsync: 'custom APIs' | 'all operations';
  /** How long a background operation waits for its turn, in milliseconds. */
  backgroundDelayMs: number;
  /** Wait before the first of three further tries of one that failed; each following wait is twice as long. */
  backgroundRetryMs: number;
  /** Limits of Dataverse search: of each user in a second, and of the environment in a minute. */
  searchLimits: { perSecond: number; perMinute: number };
  /** `x-ms-dop-hint`: how many requests the service recommends to send at the same time. */
  dopHint: number;
}

/** What a switch may say; of a group what each of its members may. */
type Reading<Value> = Value extends Record<string, infer Member> ? Member : Value;

/** The readings of those switches that are named by a word. */
export const SWITCH_CHOICES = {
  batchLineEnds: ['strict', 'crlf', 'any'],
  failedChangeSet: ['single', 'nested'],
  contentIdScope: ['changeset', 'batch'],
  reservedKeyCharacters: ['reject', 'allow'],
  bindNull: ['clear', 'reject'],
  computedColumns: ['ignore', 'reject'],
  createOnlyColumns: ['ignore', 'reject'],
  emptyChoices: ['reject', 'clear'],
  dateTimeWithoutZone: ['reject', 'utc'],
  dateOnlyType: ['Edm.Date', 'Edm.DateTimeOffset'],
  cataloguePrice: ['price list', 'given'],
  actionForms: ['bound', 'unbound', 'both'],
  draftQuotes: ['accept', 'reject'],
  pricesLockedAgain: ['accept', 'reject'],
  stateByColumns: ['any', 'open', 'never'],
  unchangedColumns: ['edit', 'ignored'],
  bodyType: ['json', 'any'],
  privileges: ['all', 'roles'],
  metadataReads: ['all', 'privileges'],
  clearedLinks: ['update', 'silent'],
  deltaLinks: ['last', 'every'],
  noChanges: ['list', 'empty'],
  deliveryMembers: ['documented', '2025'],
  parentContext: ['request', 'none'],
  initiatingUser: ['caller', 'impersonated'],
  createImageProperty: ['Id', 'Target', 'both'],
  stepDefaults: ['fill', 'require'],
  webhookAddress: ['https', 'any'],
  unknownFilterColumns: ['reject', 'accept'],
  respondAsync: ['custom APIs', 'all operations'],
} as const satisfies { [Name in keyof Switches]?: readonly Reading<Switches[Name]>[] };

export const defaultSwitches: Switches = {
  batchLineEnds: 'crlf',
  failedChangeSet: 'nested',
  failedChangeSetContentId: true,
  contentIdScope: 'changeset',
  undeclaredKeyStatus: 400,
  duplicateKeyStatus: 412,
  missingRowEtagStatus: 404,
  reservedKeyCharacters: 'reject',
  bindNull: 'clear',
  computedColumns: 'ignore',
  createOnlyColumns: 'reject',
  emptyTextIsNull: true,
  emptyChoices: 'reject',
  dateTimeWithoutZone: 'reject',
  dateOnlyType: 'Edm.Date',
  neFindsNull: true,
  wildcardsInEquality: true,
  cataloguePrice: 'price list',
  fulfillSetsDate: false,
  convertSetsInvoiced: true,
  convertWinsQuote: true,
  draftQuotes: 'reject',
  pricesLockedAgain: 'accept',
  actionForms: {
    FulfillSalesOrder: 'bound',
    CancelSalesOrder: 'unbound',
    ConvertSalesOrderToInvoice: 'unbound',
    LockSalesOrderPricing: 'bound',
    UnlockSalesOrderPricing: 'unbound',
    LockInvoicePricing: 'bound',
    UnlockInvoicePricing: 'unbound',
    WinQuote: 'unbound',
    CloseQuote: 'unbound',
    ReviseQuote: 'unbound',
    ConvertQuoteToSalesOrder: 'unbound',
  },
  stateByColumns: 'open',
  unchangedColumns: 'edit',
  notActive: { status: 400, code: '0x80040203' },
  keyIndexSeconds: 0,
  metadataWriteMs: 0,
  metadataCacheSeconds: 0,
  privileges: 'all',
  metadataReads: 'all',
  concurrencyRetryAfterSeconds: 5,
  limits: LIMITS,
  refusedRequestsCount: true,
  expiredTokenStatus: 400,
  untrackedTableStatus: 400,
  deltaLinks: 'last',
  noChanges: 'list',
  bodyType: 'json',
  mayImpersonate: true,
  webhookTimeoutMs: 60_000,
  webhookRetryMs: 1000,
  synchronousFailureStatus: 400,
  clearedLinks: 'silent',
  deliveryMembers: '2025',
  parentContext: 'request',
  initiatingUser: 'caller',
  consequenceDepth: 1,
  createImageProperty: 'Id',
  stepDefaults: 'fill',
  webhookAddress: 'https',
  unknownFilterColumns: 'reject',
  respondAsync: 'custom APIs',
  backgroundDelayMs: 0,
  backgroundRetryMs: 1000,
  searchLimits: { perSecond: 1, perMinute: 150 },
  dopHint: 16,
};
