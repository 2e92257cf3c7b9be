import type { FailureWords } from '../kit/failure';
import {
  CREDENTIAL_NAME,
  credentialName,
  OAUTH2_CREDENTIAL_NAME,
  type ThreeDCartSignIn,
} from './signIn';

/** The API is never on the store's own domain (documentation of both versions). */
export const API_URL = 'https://apirest.3dcart.com';

type BySignIn = Readonly<Record<ThreeDCartSignIn, string>>;

/** What to do where the store does not know who asks: of the fields that the credential has. */
const REFUSED: BySignIn = {
  privateKey: `Check Secure URL, Private Key and Token in the credential ${CREDENTIAL_NAME}: the token stands in the 3dcart admin under Modules → REST API.`,
  oAuth2: `Check Secure URL in the credential ${OAUTH2_CREDENTIAL_NAME}, and connect the account again.`,
};

/** Where the API is. That of OAuth 2.0 has no version to choose. */
const CHECK_ADDRESS: BySignIn = {
  privateKey: `check API URL (it is ${API_URL}) and API Version in the credential ${CREDENTIAL_NAME}`,
  oAuth2: `check API URL (it is ${API_URL}) in the credential ${OAUTH2_CREDENTIAL_NAME}`,
};

const OTHER_SHAPE: BySignIn = {
  privateKey: `Check API Version in the credential ${CREDENTIAL_NAME}.`,
  oAuth2: `Check API URL in the credential ${OAUTH2_CREDENTIAL_NAME}: it is ${API_URL}, whose version V2 is always asked with OAuth2.`,
};

const NAMES_A_RECORD = /^\/\w+\/(?!Events$|skuinfo$)/i;

export function wordsFor(signIn: ThreeDCartSignIn = 'privateKey'): FailureWords {
  const credential = credentialName(signIn);
  const notTheStore = `Check API URL in the credential ${credential}: it is ${API_URL}, and not the address of the store.`;
  return {
    service: '3dcart',
    reasonAt: ['[0].Message', 'Message', 'message', 'error_description', 'error'],
    rules: [
      {
        says: /already exists|duplicate/i,
        class: 'duplicate',
        fix: 'A record with this key is in the store already: update that one, or choose another key.',
      },
    ],
    fixes: {
      authentication: REFUSED[signIn],
      permission: `Check in the 3dcart admin under Modules → REST API what the app of the credential ${credential} may do.`,
      validation: 'Correct the fields that the message names.',
      conflict: 'The record was changed meanwhile: read it again, then write.',
      'not-found': (_, path) =>
        NAMES_A_RECORD.test(path)
          ? `Check the ID. If every request ends like this, ${CHECK_ADDRESS[signIn]}.`
          : `The address is not that of the API, or this version does not have the list: ${CHECK_ADDRESS[signIn]}.`,
      throttled: '3dcart takes two requests a second from each store: try again later.',
      transient: 'The store is not well for the moment: try again later.',
    },
    redirected: notTheStore,
    notJson: notTheStore,
    unexpectedShape: OTHER_SHAPE[signIn],
  };
}
