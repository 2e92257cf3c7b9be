const TYPE = 'https://tools.ietf.org/html/rfc2616#section-10';
const TITLE = 'An error occurred';

export interface Violation {
  propertyPath: string;
  message: string;
  code: string | null;
}

/**
 * An error as API Platform 2.7 words it: `application/problem+json`, or a hydra error when the caller accepts
 * `application/ld+json`.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly violations?: Violation[],
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

  body(): object {
    return { type: TYPE, title: TITLE, detail: this.detail, ...this.violationPart() };
  }

  hydraBody(): object {
    return {
      '@context': '/api/contexts/Error',
      '@type': this.violations === undefined ? 'hydra:Error' : 'ConstraintViolationList',
      'hydra:title': TITLE,
      'hydra:description': this.detail,
      ...this.violationPart(),
    };
  }

  private violationPart(): { violations?: Violation[] } {
    return this.violations === undefined ? {} : { violations: this.violations };
  }
}

/** A 401 of the firewall: plain JSON, before API Platform has a say. */
export class Unauthorized extends Error {
  constructor(readonly body: object) {
    super('Unauthorized');
    this.name = 'Unauthorized';
  }
}

export const notFound = (): Problem => new Problem(404, 'Not Found');

/** Validation and business rules of the input classes answer 400 and not 422: X-Cart maps them so. */
export const invalidInput = (reason: string): Problem =>
  new Problem(400, `Input validations failed: ${reason}`);

export const badRequest = (detail: string): Problem => new Problem(400, detail);

/** What API Platform's own validator answers, for resources that are plain entities. */
export function unprocessable(violations: Violation[]): Problem {
  const detail = violations.map((each) => `${each.propertyPath}: ${each.message}`).join('\n');
  return new Problem(422, detail, violations);
}

/** The answer to a path under /api that has no route. It has no `type`, unlike the others. */
export const noRouteBody = { title: TITLE, detail: 'Not found' };
