import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Webhooks } from '../kit/webhooks';
import { readBody } from './input';

const webhookSchema = z
  .object({
    url: z.string().url(),
    secret: z.string().min(1),
    retries: z.number().int().min(0).max(20).optional(),
    backOffMs: z.number().min(0).max(60_000).optional(),
    timeoutMs: z.number().min(1).max(600_000).optional(),
    concurrency: z.number().int().min(1).max(100).optional(),
  })
  .strict();

/** `GET /<service>/deliveries`: all that a service needs whose own API registers its webhooks. */
export function registerDeliveries<About extends object>(
  app: FastifyInstance,
  service: string,
  webhooks: Webhooks<About>,
): void {
  app.get(`/${service}/deliveries`, () => webhooks.deliveries());
}

/** `PUT` and `DELETE /<service>/webhook`, and `GET /<service>/deliveries`. */
export function registerWebhooks<About extends object>(
  app: FastifyInstance,
  service: string,
  webhooks: Webhooks<About>,
): void {
  app.put(`/${service}/webhook`, (request) =>
    webhooks.configure(readBody(webhookSchema, request.body)),
  );
  app.delete(`/${service}/webhook`, (_request, reply) => {
    webhooks.remove();
    return reply.code(204).send();
  });
  registerDeliveries(app, service, webhooks);
}
