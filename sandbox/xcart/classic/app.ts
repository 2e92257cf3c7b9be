import { createHash } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../../kit';
import { XCART_CREDENTIALS } from '../credentials';
import type { XCartStore } from '../store';
import { ENTITIES } from './entities';
import { type ClassicCall, type Entity, selected } from './entity';
import { type ClassicRequest, type Model, modelOf, queryOf, readRequest, RestError } from './input';

const { readKey, writeKey } = XCART_CREDENTIALS;

/** A key that is not known, or not for this, is answered with a status alone: 404 where there is no such class either. */
function refusal({ key, method, schema, entity }: ClassicRequest): number | undefined {
  const known = ENTITIES.get(entity);
  const isAllowed = key === writeKey || (method === 'GET' && key === readKey);
  // The complex schema has three classes, and can only read.
  const inSchema = schema !== 'complex' || (known?.complex !== undefined && method === 'GET');
  if (known === undefined) return 404;
  return isAllowed && inSchema ? undefined : 403;
}

function show(record: unknown, entity: Entity<unknown>, asked: ClassicRequest, call: ClassicCall) {
  if (asked.schema === 'complex') return entity.complex?.(record, call);
  const isWhole = asked.id !== undefined;
  return {
    ...entity.fields(record, call),
    ...(isWhole && entity.relations?.(record, call)),
  };
}

/** By the id, or by nothing: a record that is not there is `null`, and no failure. */
const one = (entity: Entity<unknown>, { id }: ClassicRequest, call: ClassicCall): unknown =>
  entity.all(call).find((record) => String(entity.idOf(record)) === id);

interface Handled {
  entity: Entity<unknown>;
  asked: ClassicRequest;
  call: ClassicCall;
  model: () => Model;
}

function create({ entity, asked, call, model }: Handled): unknown {
  const make = (given: Model): unknown => {
    if (!entity.create) throw new RestError('This class cannot be created here');
    return show(entity.create(given, call), entity, asked, call);
  };
  return asked.id === undefined
    ? Object.values(model()).map((row) => make(row as Model))
    : make(model());
}

function update({ entity, asked, call, model }: Handled): unknown {
  const change = (record: unknown, given: Model): unknown => {
    if (!entity.update) throw new RestError('This class cannot be changed here');
    entity.update(record, given, call);
    return show(record, entity, asked, call);
  };
  if (asked.id !== undefined) {
    const record = one(entity, asked, call);
    return record === undefined ? null : change(record, model());
  }
  // Many at once: each row names its record by the first field of the model, its id.
  return Object.values(model()).flatMap((row) => {
    const given = row as Model;
    const record = entity.all(call).find((each) => {
      const [idName = ''] = Object.keys(entity.fields(each, call));
      return String(given[idName]) === String(entity.idOf(each));
    });
    return record === undefined ? [] : [change(record, given)];
  });
}

/** Without an id ALL records of the class go, as in the real thing. */
function remove({ entity, asked, call }: Handled): unknown {
  const gone = asked.id === undefined ? entity.all(call) : [one(entity, asked, call)];
  const there = gone.filter((record) => record !== undefined);
  for (const record of there) entity.remove?.(record, call);
  if (asked.id === undefined) return there.length;
  return there.length > 0 ? true : null;
}

function read({ entity, asked, call }: Handled): unknown {
  if (asked.id === undefined) {
    return selected(entity, asked.conditions, call).map((each) => show(each, entity, asked, call));
  }
  const record = one(entity, asked, call);
  return record === undefined ? null : show(record, entity, asked, call);
}

const HANDLERS = { GET: read, POST: create, PUT: update, DELETE: remove } as const;

const VERBS = { GET: 'read', POST: 'create', PUT: 'update', DELETE: 'delete' } as const;

interface Said {
  value: unknown;
  isOne: boolean;
  at: Date;
}

function send(request: FastifyRequest, reply: FastifyReply, { value, isOne, at }: Said) {
  const text = JSON.stringify(value);
  const md5 = createHash('md5').update(text);
  const etag = md5.copy().digest('hex');
  void reply.headers({
    allow: 'GET,POST,PUT,DELETE',
    'accept-ranges': 'bytes',
    'content-type': 'application/json',
    'x-result-count': isOne || !Array.isArray(value) ? '1' : String(value.length),
    'last-modified': at.toUTCString(),
    etag,
  });
  const known = request.headers['if-none-match'];
  if (known?.toLowerCase() === etag) return reply.code(304).send();
  return reply.header('content-md5', md5.digest('base64')).send(text);
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  store: XCartStore,
  context: SandboxContext,
): Promise<FastifyReply> {
  if (queryOf(request.url).target !== 'RESTAPI') {
    return reply.type('text/html; charset=utf-8').send('<!DOCTYPE html><title>Log in</title>');
  }
  const asked = readRequest(request);
  const refused = refusal(asked);
  if (refused !== undefined) return reply.code(refused).send('');
  const entity = ENTITIES.get(asked.entity) as Entity<unknown>;
  const { method, id } = asked;
  const now = context.now();
  context.counters.operation('xcart', `${VERBS[method]} classic ${asked.entity}`);
  try {
    const call = { store, now };
    const handled: Handled = { entity, asked, call, model: () => modelOf(request) };
    if (method !== 'GET') await context.faults.writes('xcart', 1);
    return send(request, reply, {
      value: HANDLERS[method](handled),
      isOne: id !== undefined,
      at: now,
    });
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    void reply.code(400).header('x-rest-error', error.message);
    return send(request, reply, { value: [], isOne: false, at: now });
  }
}

/**
 * The API of X-Cart 5.0 to 5.4 (module XC\RESTAPI) over the same store. Only JSON is put out. A refused request has an
 * empty body and no reason.
 */
export function registerClassic(
  app: FastifyInstance,
  store: XCartStore,
  context: SandboxContext,
): void {
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/admin.php',
    handler: async (request, reply) => await answer(request, reply, store, context),
  });
}
