/** Asks a service as any client does, by `fetch`, for tests that read the answers as JSON. */

export interface Answer<T = unknown> {
  status: number;
  type: string;
  headers: Headers;
  /** As it came. */
  text: string;
  /** Parsed; the text where it is no JSON. */
  body: T;
}

export interface Ask {
  method?: string;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  text?: string;
  headers?: Record<string, string>;
}

export type Asker = <T = unknown>(path: string, ask?: Ask) => Promise<Answer<T>>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @param url of the service; every path stands behind it */
export const askerOf =
  (url: string): Asker =>
  async <T>(path: string, { method = 'GET', body, text, headers }: Ask = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: text ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    const { status } = response;
    const type = response.headers.get('content-type') ?? '';
    const came = await response.text();
    return { status, type, headers: response.headers, text: came, body: parsed(came) as T };
  };
