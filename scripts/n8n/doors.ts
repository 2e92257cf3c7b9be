/** A door of a running sandbox, by method and path of its control API. Rejects with what was asked and answered. */
export type Doors = <T>(method: string, path: string, body?: object) => Promise<T>;

/** @param url of the sandbox's control API */
export const doorsOf =
  (url: string): Doors =>
  async <T>(method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        // A connection that was left open may be closed at the very moment at which the next one begins to use it.
        connection: 'close',
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
