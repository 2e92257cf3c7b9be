import { trimEnd } from 'lodash';
import { z } from 'zod';

import type { HttpMethod } from '../../../http/types';

const refused = (context: z.RefinementCtx, message: string): void =>
  context.addIssue({ code: z.ZodIssueCode.custom, message });

/** What people write who know other languages of paths. */
const FOREIGN_PATHS: ReadonlyArray<[RegExp, string]> = [
  [/^\$[.[]/, 'begins with $: write the names alone, such as customer.email'],
  [/^\//, 'begins with a slash: write the names with dots between them, such as customer.email'],
  [/\|\|/, 'has || in it: write ?? between paths of which the first counts that has a value'],
  [
    /\[\*?\]/,
    'leads into every entry of a list: write { "at": …, "fields": { … } } for a list, or the place of one entry, such as [0]',
  ],
];

/** Where something stands in a document of the service, see `schema.ts`. */
export const fieldPath = z
  .string()
  .trim()
  .min(1)
  .superRefine((path, context) => {
    const foreign = FOREIGN_PATHS.find(([is]) => is.test(path));
    if (foreign) refused(context, foreign[1]);
    // Of an empty text it is said that it is empty.
    else if (path === '') return;
    else if (path.split('??').some((part) => part.trim() === '')) {
      refused(context, 'has nothing on one side of ??: write a path there, or leave ?? out');
    }
  });

/** An object of which every name is known. */
export const shape = <Shape extends z.ZodRawShape>(parts: Shape) => z.object(parts).strict();

/** A name of a header as HTTP takes it (RFC 9110, 5.1). */
export const headerName = z
  .string()
  .trim()
  .min(1)
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no name of a header: write it without blanks and colon');

/** What stands in a path for something that each request names. */
type Place = '{id}' | '{externalId}' | '{provider}';

interface Places {
  /** Without it the request would be about all records. */
  needs?: Place;
  takes?: Place;
}

const ADDRESS = /^https?:\/*[^/]*/i;

/** What is wrong with a path, said behind its name. */
function pathProblem(
  path: string,
  { needs, takes = needs }: Places,
  field = 'API URL',
): string | undefined {
  if (ADDRESS.test(path)) {
    return `is a whole address: write the path alone, ${path.replace(ADDRESS, '') || '/'}, and the address as ${field} in the credential`;
  }
  if (!path.startsWith('/')) return 'has to begin with a slash';
  const [other] = (path.match(/\{[^}/]*\}?/g) ?? []).filter((found) => found !== takes);
  const [colon] = path.match(/(?<=\/):\w+/) ?? [];
  const unknown = other ?? colon;
  if (unknown !== undefined) {
    return takes
      ? `has ${unknown}, which is no placeholder: write ${takes}`
      : `has ${unknown}, but nothing takes a place in this path: leave it out`;
  }
  if (!needs || path.includes(needs)) return undefined;
  return `has no ${needs}: write it where the record is named, such as ${trimEnd(path, '/')}/${needs}`;
}

const path = (places: Places = {}, field?: string) =>
  z.string().superRefine((text, context) => {
    const problem = pathProblem(text, places, field);
    if (problem !== undefined) refused(context, problem);
  });

/** Below the base of the API, or that base itself. */
export const urlPath = path();
/** The same, with the provider that the credential names. */
export const loginPath = path({ takes: '{provider}' });
/** Below the host, beside the API; the credential may name another place. */
export const tokenPath = path({}, 'Token URL');

/**
 * A request by its method and path.
 *
 * @param needs what has to stand in the path for the record; left out: the path is about none
 */
export const request = <Method extends HttpMethod>(methods: [Method, ...Method[]], needs?: Place) =>
  shape({
    method: z.enum(methods),
    path: path({ needs }),
    query: z.record(z.string(), z.string()).optional(),
  });
