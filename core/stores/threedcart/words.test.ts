/** What is told of a failure names the credential that is used, and only fields that it has. */
import { ThreeDCartApi } from '../../../credentials/ThreeDCartApi.credentials';
import { ThreeDCartOAuth2Api } from '../../../credentials/ThreeDCartOAuth2Api.credentials';
import type { ServiceError } from '../../errors';
import { createThreeDCart } from './client';
import { credentialName, type ThreeDCartSignIn } from './signIn';

interface Reply {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

const REPLIES: Record<string, Reply> = {
  authentication: { status: 401, body: '{"Message":"no"}' },
  permission: { status: 403, body: '{"Message":"no"}' },
  'a path that there is not': { status: 404, body: '{"Message":"no"}' },
  'another address': { status: 302, body: '', headers: { location: 'https://shop.example/' } },
  'a web page': { status: 200, body: '<html></html>' },
  'another shape': { status: 200, body: '[{"OrderStatusID":{}}]' },
};

const CREDENTIALS: Record<ThreeDCartSignIn, { properties: Array<{ displayName: string }> }> = {
  privateKey: new ThreeDCartApi(),
  oAuth2: new ThreeDCartOAuth2Api(),
};

const clientOf = (signIn: ThreeDCartSignIn, { status, body, headers = {} }: Reply) =>
  createThreeDCart({
    signIn,
    send: async () => await Promise.resolve({ status, headers, body }),
  });

const repairOf = async (asked: Promise<unknown>): Promise<string> =>
  await asked.then(
    () => '',
    (error: ServiceError) => error.fix ?? '',
  );

/** The fields of both credentials that a repair could name. */
const FIELDS = ['Secure URL', 'Private Key', 'Token', 'API Version', 'API URL'];
const SIGN_INS: ThreeDCartSignIn[] = ['privateKey', 'oAuth2'];

describe.each(SIGN_INS)('signed in by %s', (signIn) => {
  const has = CREDENTIALS[signIn].properties.map(({ displayName }) => displayName);
  const missing = FIELDS.filter((field) => !has.includes(field));

  test.each(Object.entries(REPLIES))('%s', async (_, reply) => {
    const repair = await repairOf(clientOf(signIn, reply).statuses());
    expect(repair).toContain(`the credential ${credentialName(signIn)}`);
    expect(missing.filter((field) => repair.includes(field))).toEqual([]);
  });

  test('a refusal of one of several records that are written together', async () => {
    const results = [{ Key: 'Error', Value: '7', Status: '401', Message: 'no' }];
    const { orders } = clientOf(signIn, { status: 200, body: JSON.stringify(results) });
    const [outcome] = await orders.updateMany([{ OrderID: 7, InternalComments: 'x' }]);
    const repair = outcome?.ok === false ? outcome.error.fix : '';
    expect(repair).toContain(`the credential ${credentialName(signIn)}`);
  });
});
