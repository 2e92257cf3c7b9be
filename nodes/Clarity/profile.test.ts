/** A profile is edited in the credential: its test, the node and the trigger say the same of what is wrong in it. */
import { escapeRegExp } from 'lodash';
import type { ICredentialsDecrypted, ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { runNode } from '../../test/engine';
import { publish } from '../../test/support/trigger';
import { WRONG_PROFILES } from '../../test/support/wrongProfiles';
import { ClarityTrigger } from '../ClarityTrigger/ClarityTrigger.node';
import { Clarity } from './Clarity.node';

const REPAIR = 'Correct API Profile in the credential.';

/** The node adds what becomes of the items, which is no matter of the profile. */
const startingWith = (text: string): string =>
  expect.stringMatching(new RegExp(`^${escapeRegExp(text)}`)) as string;

const credentialWith = (profileText: string): IDataObject => ({
  apiUrl: 'https://shop.example',
  storeName: 'main',
  profile: 'own',
  profileText,
  authentication: 'apiKey',
  apiKey: 'key',
});

async function tested(data: IDataObject) {
  const { clarityTest } = new Clarity().methods.credentialTest;
  const credential = { data } as unknown as ICredentialsDecrypted;
  return await clarityTest.call({} as ICredentialTestFunctions, credential);
}

async function run(credential: IDataObject) {
  const { output } = await runNode({
    nodeType: new Clarity(),
    parameters: { resource: 'order', operation: 'getAll' },
    credentialTypes: [new ClarityApi()],
    credentials: { clarityApi: credential },
    input: [{}],
    onError: 'continueErrorOutput',
  });
  return output(1);
}

describe.each(Object.entries(WRONG_PROFILES))('%s', (_, profiles) => {
  it.each(profiles)('$title', async ({ text, says }) => {
    const said = `The API profile cannot be used. ${says}`;
    const credential = credentialWith(text);
    expect(await tested(credential)).toEqual({
      status: 'Error',
      message: `${said.replace(/\.$/, '')}. ${REPAIR}`,
    });
    expect(await run(credential)).toMatchObject([
      { error: said, details: { class: 'configuration', fix: startingWith(REPAIR) } },
    ]);
  });
});

it('the trigger says it when it is published', async () => {
  const [{ text, says } = { text: '', says: '' }] =
    WRONG_PROFILES['names that there are not'] ?? [];
  const trigger = publish({
    trigger: new ClarityTrigger(),
    credentialType: new ClarityApi(),
    credential: credentialWith(text),
    parameters: { mode: 'poll' },
    id: 'follows by a wrong profile',
  });
  await expect(trigger.poll()).rejects.toMatchObject({
    message: expect.stringContaining(says) as string,
  });
});

it.each([
  [{ authentication: 'session', userName: 'ada', password: 's' }, 'brief', 'session'],
  [
    { authentication: 'apiKey', apiKey: 'key' },
    '{"extends":"brief","authentication":{"apiKey":null}}',
    'API key',
  ],
])('says that a profile has not the sign-in that is chosen: %j', async (fields, profile, way) => {
  const credential = {
    ...credentialWith(profile),
    ...(profile === 'brief' && { profile }),
    ...fields,
  };
  const repair =
    'Choose another Authentication in the credential Clarity eCommerce API, or add it to API Profile under authentication.';
  const name = profile === 'brief' ? 'brief' : 'brief, edited';
  const said = `The API profile "${name}" has no sign-in by ${way}`;
  expect(await tested(credential)).toEqual({ status: 'Error', message: `${said}. ${repair}` });
  expect(await run(credential)).toMatchObject([
    { error: said, details: { class: 'configuration', fix: startingWith(repair) } },
  ]);
});
