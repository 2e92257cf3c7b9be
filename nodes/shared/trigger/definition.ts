import type {
  Icon,
  IDataObject,
  ILoadOptionsFunctions,
  INodeProperties,
  INodePropertyOptions,
  INodeType,
} from 'n8n-workflow';

import type { ServiceErrorDetails } from '../../../core/errors';
import type { OwnQuestion } from '../../../core/feeds/tracked';
import type { AnyFeed } from '../../../core/feeds/feed';
import type { HookRegistry, WantedHook } from '../../../core/webhooks/hooks';
import type { RecordIdentity, StoreIdentity } from '../../../core/feeds/records';
import type { Hint, IncomingDelivery, Proof } from '../../../core/webhooks/webhook';
import type { Open, OpenOptions } from '../connection';
import type { SignIns } from '../credentials';
import type { RequestContext } from '../transport';

/** What every store is that a trigger can open. */
export interface TriggerStore extends StoreIdentity {
  /** Of the credential; empty or left out: none. */
  webhookSecret?: string;
}

/** A choice of the user by which the records are kept out that have another value. */
export interface TriggerFilter<T> {
  /** Of type `multiOptions`. */
  property: INodeProperties;
  valueOf(record: T): string | undefined;
}

/** What is chosen, by the name of the filter's parameter; nothing chosen: all. */
export type ChosenFilters = Record<string, string[]>;

/** How a store tells of changes by itself. */
export interface TriggerWebhook<Store> {
  /** Last part of the address in n8n; workflow and node stand before it. */
  path: string;
  /** What sends the deliveries, as users call it: `the store add-on`. */
  sender: string;
  /** A note to the user above the other parameters. */
  notice?: string;
  /** Entries of *Options* that only the webhook needs; their values come with `options` below. */
  options?: INodeProperties[];
  /** Any of them shows that the sender knows the secret. */
  proofs(options: IDataObject, store: Store): Proof[];
  /** What a delivery hints at. Throws a `ServiceError` that names the field at fault. */
  hintsIn(delivery: IncomingDelivery, store: Store): Hint[];
  /** What stays the same when a delivery is sent again; undefined: nothing does. */
  deliveryId?(delivery: IncomingDelivery, options: IDataObject, store: Store): string | undefined;
  /** False: what is refused is lost, because the sender does not send it again for long enough. Default: it does. */
  sendsAgain?: boolean;
  /** What to say where the credential has no secret and n8n makes none. */
  noSecret: { message: string } & Required<Pick<ServiceErrorDetails, 'fix'>>;
  /** The store's API for webhooks. Left out: address and secret are entered in the store by hand. */
  registry?: {
    open(store: Store): HookRegistry;
    /** What deleting them needs, which may be there where `open` of the store no longer finds what is followed. */
    openToDelete?(context: RequestContext): Promise<{ registry: HookRegistry; address: string }>;
    /** The address that the store is to send an event to. Default: that of the node. */
    urlOf?(hook: WantedHook): string;
  };
}

export interface TriggerWords {
  /** Starts the workflow when … */
  description: string;
  /** What to do once the workflow is published. */
  activated: string;
  /** What speaks for polling alone. */
  pollOnly: string;
  /** How they call being asked at the poll times, within a name. Default: `Poll`. */
  poll?: string;
}

/** A kind of record that a trigger can follow, as data. */
export interface FollowedKind<Store, T extends object> {
  type: RecordIdentity<T>;
  /** @param options the collection *Options* as it is */
  feed(store: Store, filters: ChosenFilters, options: IDataObject): AnyFeed<T>;
  /** The record as a whole. */
  get(store: Store, id: string): Promise<T>;
  /** Throws where nothing that a webhook tells of such records could be looked up; asked when the workflow is published. */
  requireLookUp?(store: Store): void;
  /** A record of the feed as `get` gives it, in fewer requests; left out: the feed gives them whole. */
  complete?(store: Store, record: T): Promise<T>;
  /**
   * Adds what the store tells of records elsewhere than in them, such as what it calls their status: to all that are put out
   * together, in their order. What is added is among the volatile fields of the type, because it is no content of theirs.
   */
  annotate?(store: Store, records: T[]): Promise<T[]>;
  /** The part of a record that is put out. Default: all of it. */
  shown?(store: Store, record: T): object;
  /** A record as the feed gives it; goes with `complete`, for what could not be completed at once. */
  listed?(store: Store, id: string): Promise<T>;
  /**
   * Whether a record is one of this kind, where the store keeps others in the same list: the feed then leaves them out;
   * left out: all are.
   */
  isOne?(record: T): boolean;
  /** The record of the number that people call it by; undefined: there is none. Left out: it is found by its id alone. */
  byNumber?(store: Store, number: string): Promise<T | undefined>;
  /** An ID as records of this kind have it, where they are found by that alone. Default: a number. */
  idExample?: string;
  /** What this number is called, within a sentence. Default: `number`. */
  numberWord?: string;
  filters?: ReadonlyArray<TriggerFilter<T>>;
  /** A sentence on what *Start From* finds of this kind, where that is other than usual. */
  startNote?: string;
  /** Entries of *Options* that this kind alone has. */
  options?: INodeProperties[];
  /** Parameters above *Events* by which is said which records these are, and what of them; `open` reads them. */
  fields?: INodeProperties[];
  /**
   * The kind as the store that was opened has it, where only that says what its records are, such as rows of a table. What is
   * chosen in *Events* is of it then. Left out: it is known before.
   */
  of?(store: Store): FollowedKind<Store, T>;
  /** The store tells what is gone: *Events* offers it. */
  tellsDeleted?: boolean;
  /** *Start From* is a choice of all that there is or what changes from now on, because the store knows no other beginning. */
  startsAtOnce?: boolean;
  /** Whether a record that no filter keeps out is put out; as its feed has it. Default: it is. */
  isWanted?(record: T, filters: ChosenFilters, options: IDataObject): boolean;
}

/** A kind of which the records are just handed on. Its methods take what they themselves have given. */
export type AnyKind<Store> = FollowedKind<Store, object>;

/** A trigger of one store as data: all in which it differs from those of other stores. */
export interface StoreTriggerDefinition<Store extends TriggerStore> {
  displayName: string;
  /** Name of the node type. */
  name: string;
  icon: Icon;
  words: TriggerWords;
  /** Expression for what is followed, under the node; left out: the kind, where there is a choice. */
  subtitle?: string;
  /** Its type, or the ways to sign in of which the node chooses. */
  credential: string | SignIns;
  open: Open<Store, OpenOptions>;
  /**
   * What can be followed; a node follows one of them. The first is what it follows where nothing is chosen, and all of its
   * parameters are called as they were when there was no choice.
   */
  kinds: readonly [AnyKind<Store>, ...Array<AnyKind<Store>>];
  loadOptions?: Record<string, (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>>;
  listSearch?: NonNullable<INodeType['methods']>['listSearch'];
  /** Which of the changes are but what the pack itself has written; one answer for each. Left out: see `echoes.ts`. */
  areOwn?(store: Store, changes: ReadonlyArray<OwnQuestion<object>>): Promise<boolean[]>;
  /** Left out: the store tells nothing by itself, and is polled. */
  webhook?: TriggerWebhook<Store>;
}
