import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

const SEND_AGAIN_AFTER_S = '30';

/** What a delivery is answered that starts nothing. */
export interface Reply {
  status: number;
  body: Record<string, string>;
  headers?: Record<string, string>;
}

export function refused(reason: string): Reply {
  return { status: 401, body: { status: 'refused', reason } };
}

export function invalid(reason: string, fix: string): Reply {
  return { status: 400, body: { status: 'refused', reason, fix } };
}

export function ignored(reason: string): Reply {
  return { status: 200, body: { status: 'ignored', reason } };
}

export function leftToThePoll(): Reply {
  return { status: 202, body: { status: 'accepted', reason: 'the next poll brings it' } };
}

export function sendAgain(reason: string): Reply {
  return {
    status: 503,
    body: { status: 'send again', reason },
    headers: { 'Retry-After': SEND_AGAIN_AFTER_S },
  };
}

/** Answers here and now, and starts nothing. */
export function reply(
  context: IWebhookFunctions,
  { status, body, headers }: Reply,
): IWebhookResponseData {
  const response = context.getResponseObject();
  response
    .status(status)
    .set(headers ?? {})
    .json(body);
  return { noWebhookResponse: true };
}
