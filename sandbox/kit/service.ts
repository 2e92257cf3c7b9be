import type { FastifyInstance } from 'fastify';

export const SERVICE_NAMES = ['entra', 'dataverse', 'xcart'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** One simulated service. `reset` puts it back to its seeded state without closing its port. */
export interface Service {
  name: ServiceName;
  app: FastifyInstance;
  reset(): void;
}
