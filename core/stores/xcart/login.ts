import { createHash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import type { TokenProvider } from '../../http/token';
import type { HttpResponse, Send } from '../../http/types';
import { type Clock, systemClock } from '../../http/wait';
import { redirected, signInRefused } from '../kit/failure';
import { storefront } from './api';
import { CREDENTIAL_NAME } from './signIn';
import { wordsFor } from './words';

/** Who signs in, as X-Cart's admin does. */
export interface XCartLogin {
  storeUrl: string;
  /** The e-mail address with which an administrator logs in. */
  username: string;
  password: string;
}

export interface LoginOptions {
  /** Way to the store. Default: `fetch`, three attempts, 30 s each. */
  send?: Send;
  clock?: Clock;
}

/** X-Cart's tokens live 3600 s (its `lexik_jwt_authentication.yaml`); they are renewed some time before. */
const GOOD_FOR_MS = 3_000_000;

const SIGN_IN = '/api-login/check';

function tokenIn(response: HttpResponse): string {
  const { status, body } = response;
  const words = wordsFor('password');
  const passing = 'The store is not well for the moment: try again later.';
  if (status >= 300 && status < 400) {
    throw redirected(words, response, { method: 'POST', path: SIGN_IN });
  }
  if (status === 401) {
    throw signInRefused('X-Cart does not accept User Name and Password', response, {
      passing,
      wrong: `Check both in the credential ${CREDENTIAL_NAME}: they are those of an administrator of the store, who must be enabled.`,
    });
  }
  try {
    const { token } = JSON.parse(body) as { token?: unknown };
    if (status < 300 && typeof token === 'string' && token !== '') return token;
  } catch {
    // Said below: whatever it was, it was no token.
  }
  throw signInRefused(`X-Cart gave no token at its sign-in (status ${status})`, response, {
    passing,
    wrong: `Check the Store URL in the credential ${CREDENTIAL_NAME}: the store must be X-Cart 5.5 or newer. A read or read/write key, under Authentication: API Key, needs no sign-in.`,
  });
}

/** One token, and at most one sign-in on its way, however many requests wait for it. */
function createLogin(login: XCartLogin, send: Send, clock: Clock): TokenProvider {
  const { username, password } = login;
  let current: { value: string; renewAt: number } | undefined;
  let underway: Promise<string> | undefined;

  async function signIn(): Promise<string> {
    const value = tokenIn(
      await send({
        method: 'POST',
        url: `${storefront(login.storeUrl)}${SIGN_IN}`,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ username, password }),
        repeatable: true,
      }),
    );
    current = { value, renewAt: clock.now() + GOOD_FOR_MS };
    return value;
  }

  return {
    async token({ rejected } = {}) {
      if (rejected !== undefined && current?.value === rejected) current = undefined;
      if (current && clock.now() < current.renewAt) return current.value;
      underway ??= signIn().finally(() => (underway = undefined));
      return await underway;
    },
  };
}

/** One for each credential in the whole process; the least used are let go. */
const logins = new LRUCache<string, TokenProvider>({ max: 100 });

/** Tokens of a store for the name and password of one of its administrators. Of the password only a hash is kept as key. */
export function xCartTokens(login: XCartLogin, options: LoginOptions = {}): TokenProvider {
  const { clock = systemClock, send } = options;
  const key = createHash('sha256').update(JSON.stringify(login)).digest('hex');
  const known = logins.get(key);
  if (known) return known;
  const transport = fetchTransport({ timeoutMs: 30_000 });
  const provider = createLogin(
    login,
    send ?? createSend({ transport, retry: { attempts: 3, maxTotalWaitMs: 60_000, clock } }),
    clock,
  );
  logins.set(key, provider);
  return provider;
}

/** What the fields of the credential say of a sign-in; undefined: it is done by a key. */
export function loginIn(fields: Readonly<Record<string, unknown>>): XCartLogin | undefined {
  if (fields['authentication'] !== 'password' || fields['api'] === 'classic') return undefined;
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    storeUrl: text('storeUrl'),
    username: text('username').trim(),
    password: text('password'),
  };
}
