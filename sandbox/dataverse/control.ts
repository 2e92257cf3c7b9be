import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, readBody } from '../control/input';
import { registerSwitches } from '../control/switches';
import { registerDeliveries } from '../control/webhooks';
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
}

type Rows = Parameters<DataverseService['insert']>[1];

/** The rows have come out of a JSON parser, so they can hold nothing but JSON. */
const rowsIn = (body: unknown): Rows =>
  readBody(rowsSchema, Array.isArray(body) ? body : [body]) as Rows;

/** A row that the service's own rules refuse is the caller's mistake. */
function insert(dataverse: DataverseService, entitySet: string, rows: Rows): string[] {
  try {
    return dataverse.insert(entitySet, rows);
  } catch (error) {
    throw new ControlError(400, error instanceof Error ? error.message : String(error));
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
    const ids = insert(dataverse, entityset, rowsIn(request.body));
    return reply.code(201).send({ ids });
  });
  app.put('/dataverse/solutions', (request, reply) => {
    dataverse.install(readBody(solutionsSchema, request.body).solutions);
    return reply.code(204).send();
  });
  app.get('/dataverse/hooks', () => dataverse.hooks());
  registerDeliveries(app, 'dataverse', dataverse.webhooks);
  registerSwitches(app, 'dataverse', () => dataverse.switches, SWITCH_CHOICES);
}
