import { fastify, type FastifyInstance, type FastifyServerOptions } from 'fastify';

const MEGABYTE = 1024 * 1024;

/** Room for a full Dataverse batch (1,000 operations). */
const BODY_LIMIT = 128 * MEGABYTE;

/** The interface to listen on: the sandbox has made-up credentials and must not be reachable from outside. */
export const LOOPBACK = '127.0.0.1';

/**
 * A fastify app as all services use it: silent, and closing at once even while clients hold connections.
 * Options given here win.
 */
export function createApp(options: FastifyServerOptions = {}): FastifyInstance {
  return fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    // A proxy in front may end TLS: addresses in answers then name it (X-Forwarded-Proto, X-Forwarded-Host).
    trustProxy: true,
    ...options,
  }) as FastifyInstance;
}

/** Bodies stay bytes: the handlers decide when to look at them, so that a 404 may come before a 415 and a 400. */
export function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** A port that could not be had, in words that say what to do. */
export class PortError extends Error {
  constructor(
    readonly port: number,
    cause: unknown,
  ) {
    super(
      `Port ${port} on ${LOOPBACK} is taken or not allowed: choose another first port with --port ` +
        '(0 takes free ones)',
      { cause },
    );
    this.name = 'PortError';
  }
}

const PORT_ERRORS: ReadonlySet<string> = new Set(['EADDRINUSE', 'EACCES', 'ERR_SOCKET_BAD_PORT']);

function isPortError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return PORT_ERRORS.has(String(error.code));
}

/** Listens on loopback; 0 takes a free port. Returns the base URL, without a slash at its end. */
export async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    await app.listen({ host: LOOPBACK, port });
  } catch (error) {
    throw isPortError(error) ? new PortError(port, error) : error;
  }
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('No TCP address');
  return `http://${LOOPBACK}:${address.port}`;
}
