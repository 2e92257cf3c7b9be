import { escapeRegExp } from 'lodash';

import { validationError } from '../../../errors';
import { redact } from '../../../http/redact';
import type { HttpResponse, Send } from '../../../http/types';
import { CREDENTIAL_NAME } from '../api';
import { readPath } from '../profile/paths';
import { type FailureWords, misled, signInRefused } from '../../kit/failure';
import type { SessionProfile } from '../profile/schema';
import type { Proven } from './kept';

export interface SessionUser {
  /** ServiceStack's name of the way to sign in, such as `credentials`. */
  provider: string;
  userName: string;
  password: string;
}

function cookieIn(headers: HttpResponse['headers'], name: string): string | undefined {
  const cookie = new RegExp(`(?:^|[\\s,;])${escapeRegExp(name)}=([^;,\\s]+)`);
  return cookie.exec(headers['set-cookie'] ?? '')?.[1];
}

function reasonIn(body: string, reasonAt: readonly string[]): string | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    const said = reasonAt.map((path) => readPath(answer, path));
    return said.find((text): text is string => typeof text === 'string');
  } catch {
    return undefined;
  }
}

/** ServiceStack's login: JSON in, the session in cookies out. */
export async function sessionLogin(
  send: Send,
  base: string,
  { path, userName, password, rememberMe, cookies }: SessionProfile,
  user: SessionUser,
  words: FailureWords,
): Promise<Proven> {
  if (user.userName === '' || user.password === '') {
    throw validationError(
      'User Name or Password is empty',
      `Fill in both in the credential ${CREDENTIAL_NAME}.`,
    );
  }
  const login = path.replace('{provider}', encodeURIComponent(user.provider));
  const response = await send({
    method: 'POST',
    url: `${base}${login}`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({
      [userName]: user.userName,
      [password]: user.password,
      ...(rememberMe && { [rememberMe]: true }),
    }),
    repeatable: true,
  });
  const { status, headers, body } = response;
  const given = cookies.flatMap((name) => {
    const value = cookieIn(headers, name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  if (status < 300 && given.length > 0) return { headers: { cookie: given.join('; ') } };
  const elsewhere = misled(words, response, { method: 'POST', path: login });
  if (elsewhere) throw elsewhere;
  const reason = reasonIn(body, words.reasonAt);
  const what = status < 300 ? `gave no cookie ${cookies.join(' or ')}` : 'refused the sign-in';
  throw signInRefused(
    `Clarity ${what} (status ${status})${reason ? `: ${redact(reason).slice(0, 300)}` : ''}`,
    response,
    {
      passing: 'The store is not well for the moment: try again later.',
      wrong: `Check User Name, Password and Login Provider in the credential ${CREDENTIAL_NAME}.`,
    },
  );
}
