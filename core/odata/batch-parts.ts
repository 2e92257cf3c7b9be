import { randomUUID } from 'node:crypto';

import { type ServiceError, validationError } from '../errors';
import type { Outcome } from '../outcome';
import { parseBody } from './answers';
import { jsonText } from './json';
import {
  boundaryFor,
  boundaryOf,
  type MultipartPart,
  multipartType,
  readHttpPart,
  readMultipart,
  writeMultipart,
} from './multipart';
import type { ODataService } from './service';
import type {
  BatchAnswer,
  BatchOperation,
  BatchOutcome,
  ChangeSet,
  SingleOperation,
} from './types';

/** Where a batch goes. */
interface BatchTarget {
  service: ODataService;
  /** What relative paths in the batch begin with: the path of the service root. */
  rootPath: string;
}

/** One place in a batch: a single operation or a whole change set. */
export interface Entry {
  /** Place among the operations that the caller gave. */
  index: number;
  members: SingleOperation[];
  isChangeSet: boolean;
  /** As it stands in the batch, headers included. */
  text: string;
  bytes: number;
  repeatable: boolean;
}

const CRLF = '\r\n';

export function isChangeSet(operation: BatchOperation): operation is ChangeSet {
  return 'changeSet' in operation;
}

/** A read, a delete, and a write to a known key that does not hang on an ETag. */
export function isRepeatableOperation({ method, headers, repeatable }: SingleOperation): boolean {
  if (repeatable !== undefined) return repeatable;
  if (method === 'PATCH') return !/^W\//.test(headers?.['if-match'] ?? headers?.['If-Match'] ?? '');
  return method !== 'POST';
}

/** A line break in a path or header would begin a request of its own. */
export function onOneLine(text: string, field: string): string {
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)) return text;
  throw validationError(
    `${field} contains a line break or a character that must be encoded.`,
    'Encode it with encodeURIComponent.',
  );
}

function target({ service, rootPath }: BatchTarget, path: string): string {
  onOneLine(path, 'The path of a batch operation');
  const { words, limits } = service;
  if (path.length > limits.urlInBatch) {
    const most = limits.urlInBatch.toLocaleString('en-US');
    throw validationError(
      `An address is ${path.length} characters long; ${words.name} takes ${most}.`,
      'Select fewer columns, or look for fewer values at a time.',
    );
  }
  if (/^https:\/\/|^http:\/\/|^\$\d/.test(path)) return path;
  return `${rootPath}${path}`;
}

function operationText(to: BatchTarget, operation: SingleOperation, contentId?: number): string {
  const { method, path, body, headers } = operation;
  const outer = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary'];
  if (contentId !== undefined) outer.push(`Content-ID: ${contentId}`);
  const inner: Record<string, string> = { accept: 'application/json' };
  if (method === 'GET') Object.assign(inner, to.service.batchedReadHeaders);
  if (body !== undefined) inner['content-type'] = 'application/json; charset=utf-8';
  const lines = Object.entries({ ...inner, ...lowerCaseNames(headers) }).map(
    ([name, value]) => `${usualCase(onOneLine(name, 'A header name'))}: ${onOneLine(value, name)}`,
  );
  const request = [`${method} ${target(to, path)} HTTP/1.1`, ...lines].join(CRLF);
  const json =
    body === undefined ? '' : jsonText(body, 'The body of a request', to.service.fitText);
  return `${outer.join(CRLF)}${CRLF}${CRLF}${request}${CRLF}${CRLF}${json}`;
}

/** `If-Match`: names have no case, but not everything that reads a batch knows that. */
function usualCase(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

export function lowerCaseNames(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function changeSetText(to: BatchTarget, members: SingleOperation[]): string {
  const { words, limits } = to.service;
  if (members.length === 0) throw validationError('A change set has no operations.');
  if (members.length > limits.operations) {
    throw validationError(
      `A change set has ${members.length} operations; ${words.name} takes ${limits.operations}.`,
      'Divide it into smaller change sets.',
    );
  }
  if (members.some(({ method }) => method === 'GET')) {
    throw validationError('A change set holds a GET.', 'Read outside of the change set.');
  }
  const parts = members.map((member, place) => operationText(to, member, place + 1));
  const boundary = boundaryFor('changeset', parts, randomUUID);
  return `Content-Type: ${multipartType(boundary)}${CRLF}${CRLF}${writeMultipart(boundary, parts)}`;
}

/** @throws a validation error for an operation that no batch can carry */
export function toEntry(to: BatchTarget, operation: BatchOperation, index: number): Entry {
  const members = isChangeSet(operation) ? operation.changeSet : [operation];
  const text = isChangeSet(operation) ? changeSetText(to, members) : operationText(to, operation);
  return {
    index,
    members,
    isChangeSet: isChangeSet(operation),
    text,
    bytes: Buffer.byteLength(text),
    repeatable: members.every(isRepeatableOperation),
  };
}

export function batchBody(entries: Entry[]): { contentType: string; body: string } {
  const parts = entries.map(({ text }) => text);
  const boundary = boundaryFor('batch', parts, randomUUID);
  return { contentType: multipartType(boundary), body: writeMultipart(boundary, parts) };
}

function readAnswer(part: MultipartPart): BatchAnswer | undefined {
  const answer = readHttpPart(part.body);
  if (!answer) return undefined;
  const { status, headers } = answer;
  return { status, headers, body: parseBody(answer.body, headers['content-type']) };
}

/** The error that an answer is to an operation. */
export function refusalOf(
  service: ODataService,
  answer: BatchAnswer,
  operation: SingleOperation | undefined,
): ServiceError {
  const isHeld = lowerCaseNames(operation?.headers)['if-match'] === '*';
  const isAbsent = service.absentIs412 === true && isHeld && answer.status === 412;
  return service.errorOf({ ...answer, isAbsent });
}

function toOutcome(
  service: ODataService,
  answer: BatchAnswer,
  operation: SingleOperation | undefined,
): Outcome<BatchAnswer> {
  return answer.status < 400
    ? { ok: true, value: answer }
    : { ok: false, error: refusalOf(service, answer, operation) };
}

/** Atomic: the reason of one is the reason of all. */
export function failedEntry(entry: Entry, error: ServiceError): BatchOutcome {
  if (!entry.isChangeSet) return { ok: false, error };
  return { ok: false, error, members: entry.members.map(() => ({ ok: false, error })) };
}

/** Members answer in their order, or out of it under our numbers; numbers that are not ours say nothing. */
function memberAnswers(parts: MultipartPart[]): {
  areOurs: boolean;
  answers: Map<number, BatchAnswer>;
} {
  const read = parts.map((part) => ({ part, answer: readAnswer(part) }));
  const given = read.map(({ part, answer }) =>
    Number(part.headers['content-id'] ?? answer?.headers['content-id']),
  );
  const areOurs =
    new Set(given).size === given.length &&
    given.every((number) => Number.isInteger(number) && number >= 1);
  const answers = new Map(
    read.flatMap(({ answer }, place) =>
      answer ? [[areOurs ? (given[place] ?? 0) : place + 1, answer] as const] : [],
    ),
  );
  return { areOurs, answers };
}

/**
 * The outcome of a change set. A failed one is one single answer instead of a multipart (OData 4.0 Protocol,
 * 11.7.4), or a multipart with that one answer in it: both occur.
 */
function readChangeSet(
  service: ODataService,
  entry: Entry,
  part: MultipartPart,
): BatchOutcome | undefined {
  const boundary = boundaryOf(part.headers['content-type']);
  const nested = boundary ? readMultipart(part.body, boundary) : undefined;
  const { areOurs, answers } = memberAnswers(nested?.parts ?? [part]);
  const [number, failed] = [...answers].find(([, { status }]) => status >= 400) ?? [];
  if (number !== undefined && failed) {
    // One answer alone stands for any of them.
    const isTold = areOurs || entry.members.length === 1;
    const member = isTold ? entry.members[number - 1] : undefined;
    const outcome = failedEntry(entry, refusalOf(service, failed, member));
    return isTold ? { ...outcome, failedMember: number - 1 } : outcome;
  }
  const members = entry.members.map((_, place) => answers.get(place + 1));
  if (!nested || members.some((answer) => answer === undefined)) return undefined;
  return {
    ok: true,
    value: { status: 200, headers: part.headers, body: undefined },
    members: members.flatMap((answer, place) =>
      answer ? [toOutcome(service, answer, entry.members[place])] : [],
    ),
  };
}

/** What one part of the answer says; undefined where it cannot be understood. */
export function readEntry(
  service: ODataService,
  entry: Entry,
  part: MultipartPart,
): BatchOutcome | undefined {
  if (entry.isChangeSet) return readChangeSet(service, entry, part);
  const answer = readAnswer(part);
  return answer && toOutcome(service, answer, entry.members[0]);
}
