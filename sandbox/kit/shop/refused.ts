/** A reason why a change cannot be made, for the caller to word as its API does. */
export class ChangeRefused extends Error {
  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(reason);
    this.name = 'ChangeRefused';
  }
}
