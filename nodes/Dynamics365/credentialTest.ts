import { bearerAuth, tokenProvider } from '../../core/dynamics/auth';
import { connectionSettings } from '../../core/dynamics/connection';
import { createDataverse } from '../../core/dynamics/dataverse/client';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { settle } from '../../core/outcome';
import { credentialTest, type FieldText } from '../shared/credentialTest';

/** Read as everything else reads them, so that the nodes find the token that the test has got. */
const settingsOf = (text: FieldText) =>
  connectionSettings({
    url: text('url'),
    tenantId: text('tenantId'),
    clientId: text('clientId'),
    authentication: text('authentication'),
    clientSecret: text('clientSecret'),
    certificate: text.whole('certificate'),
    privateKey: text.whole('privateKey'),
    passphrase: text.whole('passphrase'),
    cloud: text('cloud'),
    authority: text('authority'),
    scope: text('scope'),
  });

/** '' where the role of the app does not let it be read: it works all the same. */
async function nameOf(dataverse: Dataverse): Promise<string> {
  const found = await settle(async () => await dataverse.currentOrganization());
  return found.ok ? found.value.name : '';
}

/** Signs in, and asks the environment who that is, and how it is called. */
export const dataverseTest = credentialTest({
  service: 'Dataverse',
  place: 'environment',
  addressField: 'Environment URL',
  passed: (name) =>
    name
      ? `The environment "${name}" answers and knows the app`
      : 'The environment answers and knows the app',
  meanings: {
    401: 'The environment does not accept the token. Check that Environment URL belongs to this tenant, and that Scope is empty or the same address.',
    403: 'The app has no user in this environment. Add an application user with a security role in the Power Platform admin center.',
    404: 'There is no Dataverse Web API at Environment URL. Check the address.',
  },
  signIn: async (text) => await tokenProvider(settingsOf(text)).token(),
  ask: async (text, { send, timeoutMs }) => {
    const settings = settingsOf(text);
    const { authorize } = bearerAuth(tokenProvider(settings));
    const dataverse = createDataverse({
      url: settings.environmentUrl,
      send: async (request) => await send(await authorize(request)),
      timeoutMs,
    });
    await dataverse.whoAmI();
    return await nameOf(dataverse);
  },
});
