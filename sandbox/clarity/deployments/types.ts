import type { FastifyRequest } from 'fastify';
import type { Parts, Role } from '../api/parts';
import type { Refusal } from '../api/refusals';
import type { Document, Resource } from '../model';
import type { ClaritySwitches } from '../switches';
import type { Telling } from './tellings';

export type OperationName =
  | 'list'
  | 'read'
  | 'create'
  | 'update'
  | 'remove'
  | 'upsert'
  | 'bulk'
  | 'hooks'
  | 'hook'
  | 'subscribe'
  | 'unsubscribe';

/** One page of a list. */
export interface Page<Row extends object = object> {
  rows: Row[];
  page: number;
  size: number;
  /** Of all pages. */
  total: number;
}

/** An answer as it goes over the wire. */
export interface Worded {
  status: number;
  headers: Readonly<Record<string, string>>;
  type: string;
  body: object;
}

/** One way of speaking about the shop: where things are and what they are called. All of it is data and wording. */
export interface Deployment {
  name: string;
  /** Path that all addresses begin with. */
  base: string;
  /** Path of each resource. */
  resources: Readonly<Record<Resource, { path: string }>>;
  /** `METHOD path`, with `{resource}`, `{id}` and `{key}` where those stand. */
  operations(switches: ClaritySwitches): Readonly<Partial<Record<OperationName, string>>>;
  /** Whose an operation is that does not name its resource by a placeholder. */
  owners: Readonly<Partial<Record<OperationName, Resource>>>;
  /** Names in the query of a list; `since` is empty where lists cannot be asked so. */
  query(switches: ClaritySwitches): { page: string; size: string; since: string };
  /** Rows of a page that asks for no number. */
  pageSize: number;
  /** Status of an answer to what was made. */
  createdStatus: number;
  envelope(page: Page, switches: ClaritySwitches): object;
  /** A document in the names of this deployment. */
  show(resource: Resource, document: Document, switches: ClaritySwitches): object;
  /** What was sent, in the names of the shop's own documents. */
  read(resource: Resource, body: Record<string, unknown>): Record<string, unknown>;
  /** Where a field of the shop's own documents stands in what is sent here. */
  path(resource: Resource, path: readonly string[]): string[];
  /** What a write answers. */
  written(document: object, switches: ClaritySwitches): object;
  /** How its webhooks are registered and worded. */
  telling: Telling;
  /** Who asks; throws a `Refusal` where that is not known. */
  roleOf(request: FastifyRequest, parts: Parts): Role;
  /** @param writes whether the request would have written something */
  refuse(refusal: Refusal, switches: ClaritySwitches, writes: boolean): Worded;
}
