/** The webhooks of a made-up store, whose API answers late: two that ask at the same time come between one another. */
import { ServiceError } from '../../core/errors';
import type { HookRegistry, RegisteredHook, WantedHook } from '../../core/webhooks/hooks';

export interface HookListOptions {
  /** Ids in the order in which they are given. Default: 1, 2, … */
  idOf?: (number: number) => string;
  addressHoldsSecret?: boolean;
  canUpdate?: boolean;
  /** Waited for before and after each request; `what` is such as `create order.created`. */
  wait?: (what: string) => Promise<void>;
}

type Kept = RegisteredHook & { secret: string };

export class HookList {
  hooks: Kept[] = [];

  /** What was asked, in the order in which the store did it. */
  asked: string[] = [];

  /** Given back in the place of the answer; the request was carried out. */
  loses?: (what: string) => Error | undefined;

  private made = 0;

  constructor(private readonly options: HookListOptions = {}) {}

  private async ask<T>(what: string, work: () => T): Promise<T> {
    const { wait = async () => {} } = this.options;
    await wait(what);
    this.asked.push(what);
    const answer = work();
    const lost = this.loses?.(what);
    if (lost) throw lost;
    await wait(what);
    return answer;
  }

  add({ event, url, secret }: WantedHook): string {
    this.made += 1;
    const id = (this.options.idOf ?? String)(this.made);
    this.hooks.push({ id, event, url, secret, isEnabled: true });
    return id;
  }

  private find(id: string): Kept {
    const hook = this.hooks.find((each) => each.id === id);
    if (!hook) throw new ServiceError('gone', { class: 'not-found', status: 404 });
    return hook;
  }

  registry(): HookRegistry {
    const { addressHoldsSecret, canUpdate } = this.options;
    return {
      addressHoldsSecret,
      list: async () =>
        await this.ask('list', () => this.hooks.map(({ secret: _, ...shown }) => shown)),
      create: async (hook) => await this.ask(`create ${hook.event}`, () => this.add(hook)),
      ...(canUpdate && {
        update: async (id: string, { url, secret }: WantedHook) =>
          await this.ask(
            `update ${id}`,
            () => void Object.assign(this.find(id), { url, secret, isEnabled: true }),
          ),
      }),
      delete: async (id) =>
        await this.ask(`delete ${id}`, () => {
          this.hooks.splice(this.hooks.indexOf(this.find(id)), 1);
        }),
    };
  }
}
