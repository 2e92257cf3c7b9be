import type { Row } from '../../../core/odata/types';
import type { InnerReply, InnerRequest } from '../../support/batchServer';
import { readFilter } from './toyFilter';

const TYPES: Row = { Name: 'string', Quantity: 'number', Active: 'boolean', CountedOn: 'string' };
const COLUMNS = ['Site', 'Number', ...Object.keys(TYPES)];
const LONGEST_NAME = 60;
const PATH = /\/Shelves(?:\(Site='((?:[^']|'')*)',Number=(\d+)\))?$/;

export const AUTHORIZATION = 'Bearer toy-0123456789abcdef';

/** It says more than it should: the key of who asks, and where in its code that was. */
export function failure(status: number, reason: string): InnerReply {
  const message = `Failed. Log: ${reason} (${AUTHORIZATION})`;
  return { status, body: { error: { innererror: { type: `E${status}`, message } } } };
}

function refusal(row: Row): InnerReply | undefined {
  const wrong = Object.entries(row).find(([name, value]) =>
    name === 'Site' ? typeof value !== 'string' : value !== null && typeof value !== TYPES[name],
  );
  if (wrong) return failure(400, wrong.join(' cannot be '));
  const name = String(row['Name']);
  return name.length > LONGEST_NAME ? failure(400, `Name is too long: ${name}`) : undefined;
}

function answer(row: Row, status: number, { headers }: InnerRequest): InnerReply {
  const site = encodeURIComponent(String(row['Site']).replaceAll("'", "''"));
  const named = { 'odata-entityid': `Shelves(Site='${site}',Number=${Number(row['Number'])})` };
  if (!headers['prefer']?.includes('return=representation')) return { status: 204, headers: named };
  return { status, headers: named, body: row };
}

/** Shelves in memory. Their key is the site, which the sender names, and a number, which only the service gives. */
export class Shelves {
  rows: Row[] = [];
  private made = 0;
  private versions = 0;

  handle(request: InnerRequest): InnerReply {
    const { pathname, searchParams } = new URL(request.path, 'http://toy.example');
    const match = PATH.exec(decodeURIComponent(pathname));
    if (!match) return failure(404, 'There is no such collection');
    const [, site, number] = match;
    if (site !== undefined) return this.one(request, site.replaceAll("''", "'"), Number(number));
    return request.method === 'GET' ? this.list(request, searchParams) : this.create(request);
  }

  private stamped(row: Row): Row {
    return { ...row, '@odata.etag': `W/"${(this.versions += 1)}"` };
  }

  private list({ headers }: InnerRequest, query: URLSearchParams): InnerReply {
    const size = Number(/maxpagesize=(\d+)/.exec(headers['prefer'] ?? '')?.[1] ?? 50);
    const after = Number(query.get('$skiptoken') ?? 0);
    const filter = query.get('$filter');
    const [by, direction] = query.get('$orderby')?.split(' ') ?? [];
    try {
      const matches = filter === null ? () => true : readFilter(filter, COLUMNS);
      const rows = this.rows.filter((row) => Number(row['Number']) > after && matches(row));
      if (by) rows.sort((a, b) => (Number(a[by]) - Number(b[by])) * (direction ? -1 : 1));
      const value = rows.slice(0, size);
      if (rows.length <= size) return { status: 200, body: { value } };
      query.set('$skiptoken', String(value.at(-1)?.['Number']));
      return { status: 200, body: { value, '@odata.nextLink': `Shelves?${query.toString()}` } };
    } catch (error) {
      return failure(400, `${String(error)}: ${filter}`);
    }
  }

  private create(request: InnerRequest): InnerReply {
    const given = request.json as Row;
    const refused = refusal(given);
    if (refused) return refused;
    const row = this.stamped({ Site: 'main', ...given, Number: (this.made += 1) });
    this.rows.push(row);
    return answer(row, 201, request);
  }

  private one(request: InnerRequest, site: string, number: number): InnerReply {
    const { method, headers, json, path } = request;
    const place = this.rows.findIndex((row) => row['Site'] === site && row['Number'] === number);
    const row = this.rows[place];
    if (!row) return failure(404, 'There is no such shelf');
    const { 'if-match': version = '*' } = headers;
    if (headers['if-none-match']) return failure(412, 'The shelf already exists');
    if (version !== '*' && version !== row['@odata.etag']) return failure(412, 'It has changed');
    if (method === 'GET') {
      const names = /\$select=([^&]*)/.exec(path)?.[1]?.split(',') ?? COLUMNS;
      return { status: 200, body: Object.fromEntries(names.map((name) => [name, row[name]])) };
    }
    const refused = refusal((json ?? {}) as Row);
    if (refused) return refused;
    const changed = this.stamped({ ...row, ...(json as Row) });
    this.rows.splice(place, 1, ...(method === 'DELETE' ? [] : [changed]));
    return method === 'DELETE' ? { status: 204 } : answer(changed, 200, request);
  }
}
