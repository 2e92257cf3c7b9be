import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CLARITY_CREDENTIALS } from '../credentials';
import type { Parts, Role } from './parts';
import { badRequest, unauthorized } from './refusals';

/** A session of ServiceStack. `ss-pid` opens it too when the caller wished to be remembered. */
interface Session {
  role: Role;
  expires: number;
}

const { userName, readUserName, password: PASSWORD } = CLARITY_CREDENTIALS;

const USERS: ReadonlyMap<string, Role> = new Map([
  [userName, 'writer'],
  [readUserName, 'reader'],
]);

/** Who is signed in, by the value of a cookie. */
export class Sessions {
  private readonly open = new Map<string, Session>();

  start(role: Role, lifetime: number, now: Date): string {
    const id = randomBytes(15).toString('base64url');
    this.open.set(id, { role, expires: now.getTime() + lifetime * 1000 });
    return id;
  }

  roleOf(id: string | undefined, now: Date): Role | undefined {
    const session = this.open.get(id ?? '');
    return session !== undefined && session.expires > now.getTime() ? session.role : undefined;
  }

  expire(): void {
    this.open.clear();
  }
}

const cookiesOf = ({ headers: { cookie = '' } }: FastifyRequest): Map<string, string> =>
  new Map(
    cookie.split(';').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=');
      return [name.trim(), value.trim()];
    }),
  );

/** Who asks, by the cookies of a session that has not expired. */
export function roleBySession(request: FastifyRequest, { sessions, context }: Parts): Role {
  const cookies = cookiesOf(request);
  const now = context.now();
  const role =
    sessions.roleOf(cookies.get('ss-id'), now) ?? sessions.roleOf(cookies.get('ss-pid'), now);
  if (role === undefined) throw unauthorized('Not authenticated.');
  return role;
}

const textOf = (body: object, name: string): string | undefined => {
  const value = (body as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
};

/** `POST /auth/<provider>` below a base: a session, as its cookies. */
export function registerSessions(app: FastifyInstance, base: string, parts: Parts): void {
  const { sessions, tokens, context } = parts;
  const signIn = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    context.counters.operation('clarity', 'sign in');
    const { body } = request;
    if (typeof body !== 'object' || body === null) throw badRequest('UserName is missing.');
    const name = textOf(body, 'UserName') ?? '';
    const role = USERS.get(name);
    if (role === undefined || textOf(body, 'Password') !== PASSWORD) {
      throw unauthorized('Invalid UserName or Password.');
    }
    const now = context.now();
    const remembered = 'RememberMe' in body && body.RememberMe === true;
    const id = sessions.start(role, tokens.lifetime, now);
    const permanent = remembered
      ? sessions.start(role, tokens.lifetime, now)
      : randomBytes(15).toString('base64url');
    const cookies = [
      `ss-id=${id}; path=/; HttpOnly`,
      `ss-pid=${permanent}; path=/; HttpOnly; Max-Age=630720000`,
    ];
    return reply.header('set-cookie', cookies).send({ SessionId: id, UserName: name });
  };
  app.post(`${base}/auth/:provider`, signIn);
}
