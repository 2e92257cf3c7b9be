import { runInNewContext } from 'node:vm';

import { connectionSettings } from '../../core/dynamics/connection';
import { signIn } from '../../core/dynamics/auth/settings';
import { AUTHORITY, originIn } from './dataverse';

const TENANT = '5a4db0c5-0000-4000-8000-7e4a47000001';

const valueOf = (expression: string, fields: object): unknown =>
  runInNewContext(expression, { $self: fields });

const fields = { url: 'https://contoso.crm4.dynamics.com', tenantId: TENANT, cloud: 'public' };

/** What the app would sign in at with the same fields. */
const authorityOf = (changes: object): string => {
  const settings = connectionSettings({ ...fields, ...changes, clientId: 'a', clientSecret: 'b' });
  return signIn(settings).authority;
};

const custom = (authority: string) => ({ cloud: 'custom', authority });

test.each([
  {},
  { cloud: undefined },
  { cloud: 'gcc' },
  { cloud: 'gccHigh' },
  { cloud: 'dod' },
  { cloud: 'china' },
  { tenantId: ' contoso.onmicrosoft.com\n' },
  custom('https://login.example'),
  custom(' https://login.example/ '),
  custom('https://login.example:8443/path/'),
  custom(`https://login.example/${TENANT}`),
  custom(`https://login.example/${TENANT.toUpperCase()}/v2.0`),
  custom(`https://login.example/${TENANT}/oauth2/v2.0/token`),
  custom(`https://login.example/${TENANT}/oauth2/v2.0/authorize/`),
  custom(`https://login.example/${TENANT}/oauth2/token`),
])('a user signs in where the app does: %j', (changes) => {
  const authority = valueOf(AUTHORITY, { ...fields, ...changes });
  expect(String(authority).toLowerCase()).toBe(authorityOf(changes).toLowerCase());
});

test.each(['', ' ', undefined])(
  'with a custom cloud that is not named (%j) nobody signs in at all',
  (authority) => {
    const empty = { cloud: 'custom', authority };
    expect(() => authorityOf(empty)).toThrow('Authority URL is empty');
    expect(String(valueOf(AUTHORITY, { ...fields, ...empty }))).not.toContain(':');
  },
);

test.each([
  [' https://contoso.crm4.dynamics.com/main.aspx?appid=1 ', 'https://contoso.crm4.dynamics.com'],
  ['https://contoso.crm.dynamics.cn', 'https://contoso.crm.dynamics.cn'],
  ['http://127.0.0.1:4601/#x', 'http://127.0.0.1:4601'],
  ['https://contoso.crm4.dynamics.com?x=/', 'https://contoso.crm4.dynamics.com'],
  [undefined, ''],
])('the origin of %j is %j', (url, origin) => {
  expect(valueOf(originIn('$self["url"]'), { url })).toBe(origin);
});
