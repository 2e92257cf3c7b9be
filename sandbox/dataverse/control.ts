import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, readBody } from '../control/input';
import { registerSwitches } from '../control/switches';
import { registerDeliveries } from '../control/webhooks';
import { DataverseError } from './errors';
import { type Solution, SOLUTIONS } from './schema/solutions';
import type { DataverseService } from './service';
import { SWITCH_CHOICES } from './switches';

/** One row stands for a list of one. */
const rowsSchema = z
  .array(z.record(z.unknown(), { invalid_type_error: 'must be a row, as an object' }))
  .min(1);

const solutionsSchema = z
  .object({ solutions: z.array(z.enum(SOLUTIONS as [Solution, ...Solution[]])) })
  .strict();

interface WithSet {
  Params: { entityset: string };
  Querystring: { user?: string };
}

interface WithRow extends WithSet {
  Params: { entityset: string; id: string };
}

const rowSchema = z.record(z.unknown());

type Rows = Parameters<DataverseService['insert']>[1];

/** The rows have come out of a JSON parser, so they can hold nothing but JSON. */
const rowsIn = (body: unknown): Rows =>
  readBody(rowsSchema, Array.isArray(body) ? body : [body]) as Rows;

/** What the service's own rules refuse is the caller's mistake. */
function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const status = error instanceof DataverseError && error.status === 404 ? 404 : 400;
    throw new ControlError(status, error instanceof Error ? error.message : String(error));
  }
}

/** Rows as stored, past the Web API's limits and latency; and the switches. */
export function dataverseControl(app: FastifyInstance, dataverse: DataverseService): void {
  const known = (entitySet: string): void => {
    const sets = dataverse.entitySets();
    if (sets.includes(entitySet)) return;
    throw new ControlError(404, `"${entitySet}": no such entity set; there are ${sets.join(', ')}`);
  };
  app.get<WithSet>('/dataverse/rows/:entityset', (request) => {
    known(request.params.entityset);
    return dataverse.rows(request.params.entityset) ?? [];
  });
  app.post<WithSet>('/dataverse/rows/:entityset', (request, reply) => {
    const { entityset } = request.params;
    known(entityset);
    const rows = rowsIn(request.body);
    const ids = refusing(() => dataverse.insert(entityset, rows, request.query.user));
    return reply.code(201).send({ ids });
  });
  app.patch<WithRow>('/dataverse/rows/:entityset/:id', (request, reply) => {
    const { entityset, id } = request.params;
    known(entityset);
    const body = readBody(rowSchema, request.body) as Rows[number];
    refusing(() => dataverse.change(entityset, id, body, request.query.user));
    return reply.code(204).send();
  });
  app.delete<WithRow>('/dataverse/rows/:entityset/:id', (request, reply) => {
    const { entityset, id } = request.params;
    known(entityset);
    refusing(() => dataverse.remove(entityset, id, request.query.user));
    return reply.code(204).send();
  });
  app.put('/dataverse/solutions', (request, reply) => {
    dataverse.install(readBody(solutionsSchema, request.body).solutions);
    return reply.code(204).send();
  });
  app.get('/dataverse/hooks', () => dataverse.hooks());
  registerDeliveries(app, 'dataverse', dataverse.webhooks);
  registerSwitches(app, 'dataverse', () => dataverse.switches, SWITCH_CHOICES);
}
