import type { IDataObject } from 'n8n-workflow';

import { type NodeRun, runNode, type RunNode } from '../../engine';
import { publish, type RunningTrigger, type TriggerOptions } from '../../support/trigger';
import { type Gateway, startGateway } from './gateway';
import { type FollowedUnderTest, ordersOf } from './kinds';
import type { Parameters, Shop, StoreUnderTest } from './service';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const YEAR = 365 * DAY;

/** A shop, a gateway before it, and nodes that ask it through the gateway. */
export interface Rig {
  readonly service: StoreUnderTest;
  /** What the trigger follows; cases that speak of orders mean records of this kind. */
  readonly followed: FollowedUnderTest;
  readonly shop: Shop;
  readonly gateway: Gateway;
  /** Now in whole seconds, by the clock of this machine. */
  now(): number;
  /** Lets time pass, for this machine and the shop alike. */
  pass(ms: number): void;
  /** Publishes the trigger as a new workflow, with a secret for webhooks; where the service sends none, it polls alone. */
  start(
    parameters?: IDataObject,
    more?: Partial<TriggerOptions>,
    secret?: 'withoutSecret',
  ): RunningTrigger;
  /** The same workflow in a new process: what n8n saved is there, what the process remembered is not. */
  restart(
    before: RunningTrigger,
    parameters?: IDataObject,
    more?: Partial<TriggerOptions>,
  ): RunningTrigger;
  run(parameters: Parameters, input: object[], more?: Partial<RunNode>): Promise<NodeRun>;
}

/** One shop for all tests of a file, as new for each. */
export function useShop(
  service: StoreUnderTest,
  followed: FollowedUnderTest = ordersOf(service),
): Rig {
  const realNow = Date.now;
  let shop: Shop | undefined;
  let gateway: Gateway | undefined;
  let passed = 0;
  let workflows = 0;
  // What the trigger can receive, this service may not send.
  const onlyWay: IDataObject = service.webhook ? {} : { receiveBy: 'poll' };

  const running = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The shop runs only while tests do');
    return value;
  };
  const publishAs = (
    parameters: IDataObject,
    more: Partial<TriggerOptions>,
    staticData: IDataObject,
  ): RunningTrigger => {
    workflows += 1;
    const options: TriggerOptions = {
      trigger: service.trigger,
      credentialType: service.credentialType,
      credential: service.credential(running(gateway).url),
      parameters: { ...followed.parameters, ...onlyWay, ...parameters } as Parameters,
      id: `${service.name} ${followed.many} ${workflows}`,
      ...more,
    };
    return publish(options, staticData);
  };

  /** As new, and without any of the records that are followed. */
  const reset = async (): Promise<void> => {
    await running(shop).reset();
    await running(shop).others?.[followed.kind]?.clear();
  };
  const credentialWithoutSecret = (): IDataObject => ({
    ...service.credential(running(gateway).url),
    ...service.webhook?.withoutSecret,
  });
  /** What a trigger keeps that has registered webhooks. */
  const keptSecret = (): IDataObject => {
    const { webhook } = service;
    if (!webhook || webhook.withoutSecret) return {};
    return { 'node:Trigger': { webhooks: { secret: webhook.secret, ids: {} } } };
  };

  beforeAll(async () => {
    shop = await service.startShop();
  });

  afterAll(async () => await shop?.stop());

  beforeEach(async () => {
    passed = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => realNow() + passed);
    await reset();
    // An address of its own for each test: the process remembers of an address that it is to be left alone for a while.
    gateway = await startGateway(() => running(shop).url, service.signIn, service.isAside);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await gateway?.close();
  });

  return {
    service,
    followed,
    get shop() {
      const { others, ...orders } = running(shop);
      return { ...orders, ...others?.[followed.kind], reset };
    },
    get gateway() {
      return running(gateway);
    },
    now: () => Math.floor(Date.now() / SECOND) * SECOND,
    pass: (ms) => void (passed += ms),
    start: (parameters = {}, more = {}, secret) =>
      secret === 'withoutSecret'
        ? publishAs(parameters, { credential: credentialWithoutSecret(), ...more }, {})
        : publishAs(parameters, more, keptSecret()),
    restart: (before, parameters = {}, more = {}) =>
      publishAs(parameters, more, before.staticData()),
    run: async (parameters, input, more = {}) =>
      await runNode({
        nodeType: service.node,
        parameters,
        credentialTypes: [service.credentialType],
        credentials: { [service.credentialType.name]: service.credential(running(gateway).url) },
        input,
        ...more,
      }),
  };
}
