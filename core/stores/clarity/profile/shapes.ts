import { z } from 'zod';

import type { HttpMethod } from '../../../http/types';

/** Where something stands in a document of the service, see `schema.ts`. */
export const fieldPath = z.string().trim().min(1);
/** Below the base of the API. */
export const urlPath = z.string().regex(/^\//, 'has to begin with a slash');
/** An object of which every name is known. */
export const shape = <Shape extends z.ZodRawShape>(parts: Shape) => z.object(parts).strict();

/** A request by its method and path. */
export const request = <Method extends HttpMethod>(methods: [Method, ...Method[]]) =>
  shape({
    method: z.enum(methods),
    path: urlPath,
    query: z.record(z.string(), z.string()).optional(),
  });
