import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { startSandbox, type RunningSandbox } from '../../../sandbox/start';
import { threeDCartTest } from './credentialTest';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
  await fetch(`${sandbox.control.url}/threedcart/switches`, {
    method: 'PUT',
    body: JSON.stringify({ requestsPerSecond: 0 }),
  });
});

afterAll(async () => await sandbox.stop());

async function tested(more: IDataObject = {}) {
  const { url: apiUrl, secureUrl, privateKey, token } = sandbox.threedcart;
  return await threeDCartTest.call({} as ICredentialTestFunctions, {
    id: '1',
    name: 'shop',
    type: 'threeDCartApi',
    data: { apiUrl, secureUrl, privateKey, token, ...more },
  });
}

it('signs with all three, in both versions', async () => {
  expect(await tested()).toMatchObject({ status: 'OK' });
  expect(await tested({ version: 'v1', token: ` ${sandbox.threedcart.token}\n` })).toMatchObject({
    status: 'OK',
  });
});

it.each([
  ['another store', { secureUrl: 'https://other.example' }, /Secure URL/],
  ['no store', { secureUrl: '' }, /Secure URL is not a web address/],
  ['a wrong token', { token: 'x' }, /Token/],
  ['a wrong key', { privateKey: 'x' }, /Private Key/],
  ['another address', { apiUrl: 'http://127.0.0.1:1' }, /API URL/],
  ['a zone that there is not', { timeZone: 'Mars' }, /time zone/],
])('says what to repair with %s', async (_, data, message) => {
  const result = await tested(data);
  expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
});
