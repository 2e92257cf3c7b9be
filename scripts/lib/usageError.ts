/** What a person has typed behind a command is wrong: the message says what to type, and no place in the code helps. */
export class UsageError extends Error {
  override name = 'UsageError';
}
