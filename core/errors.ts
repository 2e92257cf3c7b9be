/**
 * Every failure is one of these; the class alone decides what happens next. `held` is none: the record waits for a
 * person or for the other side to change, and nothing has failed. It is not sent, and is no dead letter either.
 */
export const ERROR_CLASSES = [
  'transient',
  'throttled',
  'authentication',
  'permission',
  'configuration',
  'validation',
  'conflict',
  'duplicate',
  'not-found',
  'held',
  'unknown',
] as const;

export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** Classes that time alone can heal. Everything else needs a person, or is no failure at all. */
const HEALED_BY_TIME: ReadonlySet<ErrorClass> = new Set(['transient', 'throttled']);

/** A row of a mapping that could not fill its field. Whatever goes through the mapping goes through it. */
export interface FailedRule {
  /** As a row names it, without places in lists: `salesorder.new_channel`, `commerce.order:lines[*].sku`. */
  target: string;
  /** The user's own row; else the preset's. */
  isOwn: boolean;
}

export interface ServiceErrorDetails {
  class: ErrorClass;
  /** The service's own code, such as `0x80040237` or `AADSTS7000215`. */
  code?: string;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** One sentence: what to change, and where. */
  fix?: string;
  /** What the service calls this request, for its support desk. */
  requestId?: string;
  retryAfterMs?: number;
  /** What raised the failure, where that was a row of a mapping. */
  rule?: FailedRule;
  cause?: unknown;
}

/**
 * A failure that has been understood. Its message never holds a token, a key, a card number or a stack trace:
 * whoever builds one from a service's answer passes the text through `redact` first.
 */
export class ServiceError extends Error {
  readonly class: ErrorClass;
  readonly code?: string;
  readonly status?: number;
  readonly fix?: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  readonly rule?: FailedRule;

  constructor(message: string, details: ServiceErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ServiceError';
    this.class = details.class;
    this.code = details.code;
    this.status = details.status;
    this.fix = details.fix;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.rule = details.rule;
  }

  get retryable(): boolean {
    return HEALED_BY_TIME.has(this.class);
  }

  /** The part that goes into an error item, a dead letter and a log line. */
  toDetails(): ErrorDetails {
    const details: ErrorDetails = { class: this.class, retryable: this.retryable };
    if (this.code) details.code = this.code;
    if (this.status) details.status = this.status;
    if (this.fix) details.fix = this.fix;
    if (this.requestId) details.requestId = this.requestId;
    if (this.retryAfterMs !== undefined) details.retryAfterMs = this.retryAfterMs;
    if (this.rule) details.rule = { ...this.rule };
    return details;
  }
}

export interface ErrorDetails {
  class: ErrorClass;
  retryable: boolean;
  code?: string;
  status?: number;
  fix?: string;
  requestId?: string;
  retryAfterMs?: number;
  rule?: FailedRule;
}

/** A problem with what the user gave us: names the field and the repair. */
export function validationError(message: string, fix?: string): ServiceError {
  return new ServiceError(message, { class: 'validation', fix });
}

/** Anything thrown, as a `ServiceError`. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ServiceError(message, { class: 'unknown', cause: error });
}
