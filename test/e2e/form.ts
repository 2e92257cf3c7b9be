import { setTimeout as sleep } from 'node:timers/promises';

import { BROWSER_ID } from '../../scripts/n8n/api';

/** What the page asks for, and how it is sent. */
export interface FormPage {
  address: string;
  html: string;
}

const MAX_HOPS = 10;

/** Somebody who is signed in to n8n, at a form that asks for that: what a browser does there, by HTTP. */
export class FormVisitor {
  private readonly cookies = new Map<string, string>();

  /** @param session cookies of a sign-in; none for a stranger */
  constructor(
    private readonly n8n: string,
    session = '',
  ) {
    for (const cookie of session.split('; ').filter(Boolean)) this.keep(cookie);
  }

  private keep(cookie: string): void {
    const [name = '', ...value] = (cookie.split(';')[0] ?? '').split('=');
    this.cookies.set(name, value.join('='));
  }

  async fetch(url: string, options: RequestInit = {}): Promise<Response> {
    const answer = await fetch(url, {
      ...options,
      redirect: 'manual',
      headers: {
        'browser-id': BROWSER_ID,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(options.headers as Record<string, string>),
      },
    });
    answer.headers.getSetCookie().forEach((cookie) => this.keep(cookie));
    return answer;
  }

  /** Goes where it is led, through n8n's own page of consent, which lets its users in without a question. */
  async open(address: string): Promise<FormPage> {
    let url = address;
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      if (new URL(url).pathname.endsWith('/oauth/consent')) url = await this.consent();
      const answer = await this.fetch(url);
      const location = answer.headers.get('location');
      if (answer.status < 300 || !location)
        return { address: url, html: `${answer.status}\n${await answer.text()}` };
      url = new URL(location, url).href;
    }
    throw new Error(`${address} leads in a circle`);
  }

  private async consent(): Promise<string> {
    const details = await this.fetch(`${this.n8n}/rest/consent/details`);
    const { data } = (await details.json()) as { data: { redirectUrl?: string } };
    if (data.redirectUrl) return data.redirectUrl;
    const approved = await this.fetch(`${this.n8n}/rest/consent/approve`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ approved: true }),
    });
    return ((await approved.json()) as { data: { redirectUrl: string } }).data.redirectUrl;
  }

  /** Fills a page in and sends it. Resolves with the page that follows. */
  async submit(page: FormPage, fields: Record<string, string>): Promise<FormPage> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const token = /const authToken = '([^']*)'/.exec(page.html)?.[1] ?? '';
    const answer = await this.fetch(page.address, {
      method: 'POST',
      body,
      headers: { 'x-auth-token': token },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The form answered ${answer.status}: ${text}`);
    const said = text.startsWith('{') ? (JSON.parse(text) as { formWaitingUrl?: string }) : {};
    const next = said.formWaitingUrl ?? page.address;
    await this.isWaiting(next);
    return await this.open(next);
  }

  /** Until the run has come to its next page, as the page itself asks. */
  private async isWaiting(address: string): Promise<void> {
    const status = new URL(address);
    status.pathname += '/n8n-execution-status';
    let text = '';
    for (let asked = 0; asked < 100; asked++) {
      text = (await (await this.fetch(status.href)).text()).trim();
      if (text === 'form-waiting' || text === 'success') return;
      await sleep(200);
    }
    throw new Error(`The run of the form is "${text}"`);
  }
}

const unescaped = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** What there is to tick. */
export function choicesIn({ html }: FormPage): string[] {
  const boxes = html.matchAll(/class='multiselect-checkbox' id='[^']*' value='([^']*)'/g);
  return [...boxes].map(([, value = '']) => unescaped(value));
}

/** The name under which the page sends the field with this label, or that holds this hidden value. */
export function hiddenIn({ html }: FormPage): Record<string, string> {
  const hidden = html.matchAll(
    /<input type="hidden"[^>]*?name="(field-\d+)"[^>]*?value="([^"]*)"/g,
  );
  return Object.fromEntries(
    [...hidden].map(([, name = '', value = '']) => [name, unescaped(value)]),
  );
}
