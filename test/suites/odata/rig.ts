import { fetchTransport } from '../../../core/http/fetch';
import type { HttpRequest, HttpResponse, Send } from '../../../core/http/types';
import type { Clock } from '../../../core/http/wait';
import { readSingles } from '../../support/batchServer';
import { jumpingClock, type TestClock } from '../../support/clock';
import type { ODataService } from '../../../core/odata/service';
import type { ODataClient, RecordKey, Row, SingleOperation } from '../../../core/odata/types';
import { createOperation, updateOperation } from '../../../core/odata/operations';
import type { ODataServiceUnderTest, RunningService } from './service';

/** The service, a client of it, and the wire between the two. */
export interface Rig {
  readonly subject: ODataServiceUnderTest;
  readonly running: RunningService;
  readonly client: ODataClient;
  readonly service: ODataService;
  /** Jumps over every pause, and writes down how long it would have been. */
  readonly clock: TestClock;
  /** Every attempt that left the client, in order. */
  readonly asked: HttpRequest[];
  /** Told of every attempt before it leaves. */
  onRequest?: (request: HttpRequest, number: number) => void;
  /** What it gives back takes the place of the service's answer. */
  onResponse?: (response: HttpResponse, request: HttpRequest, number: number) => HttpResponse;
  connect(options?: { clock?: Clock; timeoutMs?: number; signal?: AbortSignal }): ODataClient;
  /** How many operations each batch held that left the client. */
  batchSizes(): number[];
  /** Forgets what was asked and waited for. */
  forget(): void;
  /** A row with this text and number. */
  row(text: string, number?: number): Row;
  /** Makes a row, and gives back the whole of it. */
  make(row: Row): Promise<Row>;
  fill(count: number): Promise<void>;
  /** The texts of all rows, sorted. */
  texts(): Promise<string[]>;
  numbers(): Promise<number[]>;
  textOf(row: Row | undefined): unknown;
  creating(row: Row): SingleOperation;
  updating(key: RecordKey, row: Row): SingleOperation;
}

const ATTEMPTS = 4;

/** Names of texts in the order in which they were made. */
export const numbered = (index: number): string => `row ${String(index).padStart(4, '0')}`;

/** One running service for all tests, as new for each. */
export function useService(subject: ODataServiceUnderTest): Rig {
  const { set, text, number } = subject.table;
  const direct = fetchTransport();
  const asked: HttpRequest[] = [];
  let running: RunningService | undefined;
  let clock = jumpingClock();
  let client: ODataClient | undefined;

  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The service runs only while tests do');
    return value;
  };
  const transport: Send = async (request) => {
    const count = asked.push(request);
    rig.onRequest?.(request, count);
    const response = await direct(request);
    return rig.onResponse?.(response, request, count) ?? response;
  };
  const all = async (): Promise<Row[]> => await started(client).list(set);

  beforeAll(async () => {
    running = await subject.start();
  });

  afterAll(async () => await running?.stop());

  beforeEach(async () => {
    await started(running).reset();
    rig.onRequest = undefined;
    rig.onResponse = undefined;
    asked.length = 0;
    clock = jumpingClock();
    client = rig.connect();
  });

  const rig: Rig = {
    subject,
    asked,
    get running() {
      return started(running);
    },
    get client() {
      return started(client);
    },
    get service() {
      return started(client).service;
    },
    get clock() {
      return clock;
    },
    connect: (options = {}) =>
      started(running).connect(
        { transport, retry: { clock: options.clock ?? clock, attempts: ATTEMPTS } },
        { clock, ...options },
      ),
    batchSizes: () =>
      asked
        .filter(({ url }) => url.endsWith('$batch'))
        .map(({ method, url, headers = {}, body = '' }) => {
          return readSingles({ method, url, headers, body, at: 0 }).length;
        }),
    forget: () => {
      asked.length = 0;
      clock.waits.length = 0;
    },
    row: (value, count = 1) => ({ [text.column]: value, [number]: count }),
    make: async (row) => {
      const { row: made } = await started(client).create(set, row, { returning: true });
      return started(made);
    },
    fill: async (count) => {
      const rows = Array.from({ length: count }, (_, index) => rig.row(numbered(index), index));
      const outcomes = await started(client).batch(rows.map((row) => rig.creating(row)));
      if (outcomes.some(({ ok }) => !ok)) throw new Error('A row could not be made');
      rig.forget();
    },
    texts: async () => (await all()).map((row) => String(row[text.column])).sort(),
    numbers: async () => (await all()).map((row) => Number(row[number])).sort((a, b) => a - b),
    textOf: (row) => row?.[text.column],
    creating: (row) => createOperation(rig.service, set, row),
    updating: (key, row) => updateOperation(rig.service, set, key, row),
  };
  return rig;
}
