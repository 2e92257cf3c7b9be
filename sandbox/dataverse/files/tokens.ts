import type { Engine } from '../engine';
import { errors } from '../errors';
import type { Model } from '../schema/model';

/** What continuation tokens stand for. They end with the environment: a reset makes another. */
export class Tokens<T> {
  readonly #held = new WeakMap<Model, Map<string, T>>();

  /** Returns a token for what is begun with a column. */
  begin(engine: Engine, column: string, held: T): string {
    const token = Buffer.from(`${engine.newId()}:${column}`).toString('base64url');
    this.#of(engine).set(token, held);
    return token;
  }

  get(engine: Engine, token: unknown): T {
    const held = this.#of(engine).get(String(token));
    if (held !== undefined) return held;
    throw errors.invalidArgument('The file continuation token is not valid or has expired.');
  }

  end(engine: Engine, token: unknown): void {
    this.#of(engine).delete(String(token));
  }

  #of({ model }: Engine): Map<string, T> {
    const known = this.#held.get(model);
    if (known) return known;
    const made = new Map<string, T>();
    this.#held.set(model, made);
    return made;
  }
}
