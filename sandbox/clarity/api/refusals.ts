/** One field that cannot be taken, as a JSON pointer into the body. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** Why a request is refused. Each deployment words it in its own way. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
    /** Whether the rules of the shop refuse it, and not the protocol. */
    readonly logical = false,
  ) {
    super(detail);
    this.name = 'Refusal';
  }

  /** The same with its pointers in other names. */
  renamed(path: (path: string[]) => string[]): Refusal {
    const errors = this.errors.map(({ pointer, detail }) => ({
      pointer: ['#', ...path(pointer.split('/').slice(1))].join('/'),
      detail,
    }));
    return new Refusal(this.status, this.detail, errors, this.headers, this.logical);
  }
}

export const badRequest = (detail: string): Refusal => new Refusal(400, detail);

export const unauthorized = (detail: string): Refusal =>
  new Refusal(401, detail, [], { 'www-authenticate': 'Bearer' });

export const forbidden = (): Refusal => new Refusal(403, 'This key may only read.');

export const notFound = (noun: string, id: string): Refusal =>
  new Refusal(404, `There is no ${noun} with the key ${id}.`, [], {}, true);

export const conflict = (noun: string, fields: string): Refusal =>
  new Refusal(409, `Another document of ${noun} has the same ${fields}.`, [], {}, true);

export const invalid = (errors: readonly FieldError[]): Refusal =>
  new Refusal(422, 'The body has fields that cannot be taken.', errors, {}, true);

export const tooMany = (seconds: number): Refusal =>
  new Refusal(429, 'Too many requests.', [], { 'retry-after': String(seconds) });
