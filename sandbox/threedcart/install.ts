import { DateTime } from 'luxon';
import { THREEDCART_CREDENTIALS } from './credentials';

/** What the host tells an app when a store installs it or takes it out again. */
export type InstallAction = 'AUTHORIZE' | 'REMOVE';

/** The host's own zone, whatever that of the store. */
const HOST_ZONE = 'America/New_York';

const { publicKey, token, secureUrl } = THREEDCART_CREDENTIALS;

const bodyOf = (action: InstallAction, now: Date): object => ({
  PublicKey: publicKey,
  TimeStamp: DateTime.fromJSDate(now, { zone: HOST_ZONE }).toFormat('MM-dd-yyyy HH:mm:ss'),
  TokenKey: token,
  Action: action,
  SecureURL: secureUrl,
});

/**
 * Sends the call by which an app learns of a store and of its token there.
 *
 * @returns the status that the app answered
 */
export async function tellApp(url: string, action: InstallAction, now: Date): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(action, now)),
  });
  await response.arrayBuffer();
  return response.status;
}
