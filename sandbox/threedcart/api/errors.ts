/** What the API refuses, in an error array: in the body, and as the HTTP status unless a switch hides it there. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** What the framework below the API refuses before the API has a say: an object with a `Message`. Inferred. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** Nothing was found, and nothing is left, in the same words. */
export const nothingFound = (): ApiError =>
  new ApiError(404, 'Offset amount exceeds the total number of records');

/** One element of the answer to a write; everything is a text. */
export interface Result {
  Key: string;
  Value: string;
  Status: string;
  Message: string;
}

export const errorResult = ({ status, message }: ApiError): Result => ({
  Key: 'Error',
  Value: '',
  Status: String(status),
  Message: message,
});
