import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, readBody } from './input';
import { count, moment } from './orders';

const placeSchema = z
  .object({
    count: count.min(1).default(1),
    at: moment.optional(),
    everySeconds: z.number().min(0).max(86_400).default(0),
  })
  .strict();

const changeSchema = z.object({ at: moment.optional() }).strict();

/** What a shop's staff does to records of one kind, such as its products. Ids are those of the API, as text. */
export interface RecordDoors {
  ids(): string[];
  /** Makes one that nobody has made before, dated `at`; left out: now. */
  place(at?: Date): string;
  /** Changes something that its document shows. */
  change(id: string, at?: Date): void;
  remove(id: string): void;
}

/** Records that come, change and go: below `/<shop>/records/<kinds>`. */
export function registerRecords(app: FastifyInstance, path: string, doors: RecordDoors): void {
  const known = (id: string): string => {
    if (doors.ids().includes(id)) return id;
    throw new ControlError(404, `"id": there is no ${id}`);
  };
  app.get(path, () => doors.ids().map((id) => ({ id })));
  app.post(path, ({ body }) => {
    const { count: all, at, everySeconds } = readBody(placeSchema, body);
    return Array.from({ length: all }, (_, index) => {
      const date = at && new Date(at.getTime() + index * everySeconds * 1000);
      return { id: doors.place(date) };
    });
  });
  app.post<{ Params: { id: string } }>(`${path}/:id/change`, ({ params: { id }, body }) => {
    doors.change(known(id), readBody(changeSchema, body).at);
    return { id };
  });
  app.delete<{ Params: { id: string } }>(`${path}/:id`, ({ params: { id } }, reply) => {
    doors.remove(known(id));
    return reply.code(204).send();
  });
  app.delete(path, (_request, reply) => {
    for (const id of doors.ids()) doors.remove(id);
    return reply.code(204).send();
  });
}
