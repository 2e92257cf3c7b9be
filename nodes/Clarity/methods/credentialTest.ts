import { createClarity } from '../../../core/stores/clarity/client';
import { signing, signInTo } from '../../../core/stores/clarity/auth';
import { type ClarityCredential, claritySettings } from '../../../core/stores/clarity/settings';
import { createSend } from '../../../core/http/send';
import { firstRows } from '../../../core/http/pages';
import { credentialTest, type FieldText } from '../../shared/credentialTest';
import { clarity } from '../connection';

const settingsIn = (text: FieldText) =>
  claritySettings({
    apiUrl: text('apiUrl'),
    profile: (text('profile') || 'brief') as ClarityCredential['profile'],
    profileText: text.whole('profileText'),
    authentication: (text('authentication') || 'apiKey') as ClarityCredential['authentication'],
    apiKey: text('apiKey'),
    apiKeyHeader: text('apiKeyHeader'),
    tokenUrl: text('tokenUrl'),
    clientId: text('clientId'),
    clientSecret: text('clientSecret'),
    scope: text('scope'),
    userName: text('userName'),
    password: text.whole('password'),
    loginProvider: text('loginProvider'),
  });

/** Signs in, and reads one order as a node would. */
export const clarityTest = credentialTest({
  service: clarity.name,
  addressField: 'API URL',
  passed: 'The store answers, and accepts the credential',
  signIn: async (text) => await signInTo(settingsIn(text)).headers(),
  signInField: (text) =>
    text('authentication') === 'oauth2' && text('tokenUrl') !== '' ? 'Token URL' : 'API URL',
  meanings: {
    401: 'The store does not accept what Authentication gives it. Check its fields.',
    403: 'The store does not let the one who signs in read orders. Give that right, or check the fields of Authentication.',
    404: 'There is nothing at the path of orders. Check API URL and API Profile.',
  },
  ask: async (text, { send, timeoutMs }) => {
    const settings = settingsIn(text);
    const signed = createSend({ transport: send, retry: false, ...signing(signInTo(settings)) });
    const { orders } = createClarity({ ...settings, send: signed, timeoutMs });
    return await firstRows((page) => orders.pages({}, page), 1);
  },
});
