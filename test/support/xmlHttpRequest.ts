type Listener = (() => void) | null;

const DONE = 4;

/**
 * As much of a browser's XMLHttpRequest as a client made for web resources needs, over Node's fetch: header names
 * in lower case, as the standard says, and nothing about the request changed.
 */
export class XmlHttpRequest {
  readyState = 0;
  status = 0;
  response = '';
  onreadystatechange: Listener = null;
  private method = 'GET';
  private url = '';
  private readonly headers = new Headers();
  private received = new Headers();

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.append(name, value);
  }

  getAllResponseHeaders(): string {
    return [...this.received].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }

  send(body?: string): void {
    void this.exchange(body);
  }

  private async exchange(body: string | undefined): Promise<void> {
    const { method, headers } = this;
    const answer = await fetch(this.url, { method, headers, body });
    this.status = answer.status;
    this.received = answer.headers;
    this.response = await answer.text();
    this.readyState = DONE;
    this.onreadystatechange?.();
  }
}
