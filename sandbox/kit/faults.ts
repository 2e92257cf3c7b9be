import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Counters } from './counters';
import {
  faultConfigSchema,
  type FaultConfig,
  type FaultConfigInput,
  type FaultConfigSchema,
  type FaultKind,
  type FaultRule,
} from './fault-config';
import { linearExpression } from './patterns';
import { seededRandom, type Random } from './random';

/** The kinds that end in an answer, in contrast to those that end a connection. */
export type AnsweredFault = Exclude<FaultKind, 'reset' | 'timeout-after-commit'>;

export interface FaultAnswer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** How a service words a fault: each has error bodies of its own. `Retry-After` is added by the caller. */
export type FaultWording = (kind: AnsweredFault, request: FastifyRequest) => FaultAnswer;

const plainWording: FaultWording = (kind) => {
  const status = kind === 'unauthorized' ? 401 : Number(kind);
  return { status, body: { error: `Fault on demand: ${kind}` } };
};

interface ArmedRule {
  rule: FaultRule;
  path?: RegExp;
  matched: number;
  fired: number;
}

/**
 * Faults on demand. One configuration for all services, replaced as a whole; its random numbers have their own
 * seed, so the same configuration and the same sequence of requests fail at the same places.
 */
export class Faults {
  private readonly services: string[] = [];
  private readonly limits: string[] = [];
  private current: FaultConfig = this.schema.parse({});
  private armed: ArmedRule[] = [];
  private random: Random = seededRandom(1);
  private readonly held = new WeakMap<FastifyRequest, number>();

  constructor(private readonly counters: Counters) {}

  get config(): FaultConfig {
    return this.current;
  }

  /** What a configuration may hold, by the services that have been attached. */
  get schema(): FaultConfigSchema {
    return faultConfigSchema(this.services, this.limits);
  }

  /** Replaces the configuration. Throws a ZodError that names the field when it is not valid. */
  configure(input: FaultConfigInput): FaultConfig {
    this.current = this.schema.parse(input);
    this.random = seededRandom(this.current.seed);
    this.armed = this.current.rules.map((rule) => ({
      rule,
      path: rule.path === undefined ? undefined : linearExpression(rule.path),
      matched: 0,
      fired: 0,
    }));
    return this.current;
  }

  clear(): void {
    this.configure({});
  }

  /** True with the given probability, by the seeded numbers of the configuration. */
  chance(probability: number): boolean {
    return probability > 0 && this.random() < probability;
  }

  /** Shared with the webhooks, which shuffle by the same seed. */
  readonly draw: Random = () => this.random();

  /** Says that a service keeps limits as the real one does: `limits.<service>` then switches them off. */
  addLimits(service: string): void {
    this.limits.push(service);
    this.configure(this.current);
  }

  /** Whether the limits of a service, which it has said to have, are kept. */
  limited(service: string): boolean {
    return this.current.limits[service] ?? false;
  }

  /**
   * Puts the faults before and behind the routes of an app. Call it on the root instance, after
   * `Counters.attach` and before the routes. Requests made with `app.inject` pass through it too.
   */
  attach(app: FastifyInstance, service: string, wording: FaultWording = plainWording): void {
    this.services.push(service);
    app.addHook('onRequest', async (request, reply) => {
      const wait = this.current.latency[service]?.perRequestMs ?? 0;
      if (wait > 0) await sleep(wait);
      const rule = this.next(service, request);
      return rule === undefined ? undefined : this.fire(service, rule, wording, request, reply);
    });
    app.addHook('onSend', (request, _reply, payload, done) => {
      const holdMs = this.held.get(request);
      if (holdMs === undefined) done(null, payload);
      else holdThenDestroy(request, holdMs);
    });
  }

  /** Waits as long as the configuration says that writing `rows` rows takes. Await it once per operation. */
  async writes(service: string, rows: number): Promise<void> {
    const wait = (this.current.latency[service]?.perWriteMs ?? 0) * rows;
    if (wait > 0) await sleep(wait);
  }

  private next(service: string, request: FastifyRequest): FaultRule | undefined {
    return this.armed.find((armed) => this.fires(armed, service, request))?.rule;
  }

  private fires(armed: ArmedRule, service: string, request: FastifyRequest): boolean {
    const { rule } = armed;
    if (rule.service !== service) return false;
    if (rule.method !== undefined && rule.method !== request.method) return false;
    if (armed.path !== undefined && !armed.path.test(request.originalUrl)) return false;
    armed.matched += 1;
    if (armed.matched <= rule.after) return false;
    if (rule.times !== undefined && armed.fired >= rule.times) return false;
    if (rule.probability < 1 && !this.chance(rule.probability)) return false;
    armed.fired += 1;
    return true;
  }

  private fire(
    service: string,
    rule: FaultRule,
    wording: FaultWording,
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply | undefined {
    this.counters.fault(service, rule.kind);
    if (rule.kind === 'timeout-after-commit') {
      this.held.set(request, rule.holdMs);
      return undefined;
    }
    if (rule.kind === 'reset') {
      reply.hijack();
      resetConnection(request);
      return reply;
    }
    return answer(reply, wording(rule.kind, request), rule);
  }
}

function answer(reply: FastifyReply, wording: FaultAnswer, rule: FaultRule): FastifyReply {
  // A 429 without Retry-After would be unlike the real services, so it has one even when none is asked for.
  const seconds = rule.retryAfterSeconds ?? (rule.kind === '429' ? 1 : undefined);
  if (seconds !== undefined) reply.header('retry-after', String(seconds));
  return reply
    .code(wording.status)
    .headers(wording.headers ?? {})
    .send(wording.body);
}

/** A TCP reset, as a crashed load balancer gives it, and not a polite end. */
function resetConnection(request: FastifyRequest): void {
  const { socket } = request.raw;
  if (typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  else socket.destroy();
}

/** The work is done and the caller never learns of it. */
function holdThenDestroy(request: FastifyRequest, holdMs: number): void {
  const { socket } = request.raw;
  const timer = setTimeout(() => socket.destroy(), holdMs);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
}
