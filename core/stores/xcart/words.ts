import type { FailureWords } from '../kit/failure';
import {
  CREDENTIAL_NAME,
  credentialName,
  OAUTH2_CREDENTIAL_NAME,
  type XCartSignIn,
} from './signIn';

type BySignIn = Readonly<Record<XCartSignIn, string>>;

/** What to do where the store does not know who asks. */
const REFUSED: BySignIn = {
  apiKey: `Check the API Key in the credential ${CREDENTIAL_NAME}: it stands in the X-Cart admin under Settings → API.`,
  password: `Check User Name and Password in the credential ${CREDENTIAL_NAME}: they are those of an administrator of the store, who must be enabled.`,
  oAuth2: `Connect the credential ${OAUTH2_CREDENTIAL_NAME} again. If that does not help, ask whoever runs the sign-in of the store which addresses and scope it has.`,
};

/** Both keys may read, and every user. */
const MAY_NOT_READ: BySignIn = {
  apiKey: `Check in the X-Cart admin under Settings → API that the API Key in the credential ${CREDENTIAL_NAME} is still allowed to read.`,
  password: `Check that the user in the credential ${CREDENTIAL_NAME} is still an administrator of the store.`,
  oAuth2: `Check what the account may read with which the credential ${OAUTH2_CREDENTIAL_NAME} is connected, and its Scope.`,
};

/** X-Cart's read-only key has the role of a user: it may GET and nothing else (security.yaml of 5.5.0). */
const MAY_NOT_WRITE: BySignIn = {
  apiKey: `The API Key in the credential ${CREDENTIAL_NAME} is the read-only key, which can write nothing: enter the read/write key, which stands beside it in the X-Cart admin under Settings → API.`,
  password: `The user in the credential ${CREDENTIAL_NAME} can only read: enter the User Name and Password of an administrator, or choose Authentication: API Key with the read/write key (X-Cart admin, Settings → API).`,
  oAuth2: `The account with which the credential ${OAUTH2_CREDENTIAL_NAME} is connected can only read: connect it with one that may write, and check its Scope.`,
};

/**
 * X-Cart 5.5 answers failures as problem JSON (`detail`, with 422 also `violations`), refused keys as
 * `{ "message" }`, and JSON-LD failures as `hydra:description` (API Platform 2.7, ErrorNormalizer). Business rules all
 * come as 400 with a sentence; the sentence alone tells them apart.
 */
export function wordsFor(signIn: XCartSignIn = 'apiKey'): FailureWords {
  const credential = credentialName(signIn);
  return {
    service: 'X-Cart',
    reasonAt: ['detail', 'hydra:description', 'message'],
    rules: [
      {
        status: 400,
        says: /is not unique|must be unique|already exists|already registered/i,
        class: 'duplicate',
        fix: 'A record with this key is in the store already: update that one, or choose another key.',
      },
      {
        status: 400,
        says: /with ID \S+ not found/i,
        class: 'not-found',
        fix: 'Check the ID: the store has no such record, or it was deleted.',
      },
      {
        // API Platform says "Not Found" of a record, the router "Not found" of a path.
        status: 404,
        says: /^Not found$/,
        class: 'not-found',
        fix: `The store's REST API has no such path: in the X-Cart admin, check that the add-on for this is on (My add-ons). If every request ends like this, check the Store URL in the credential ${credential}.`,
      },
      {
        status: 400,
        says: /Status code .* is invalid/i,
        class: 'validation',
        fix: 'Choose a status that this store has: see Orders → Order statuses in the X-Cart admin.',
      },
    ],
    fixes: {
      authentication: REFUSED[signIn],
      permission: (method) => (method === 'GET' ? MAY_NOT_READ[signIn] : MAY_NOT_WRITE[signIn]),
      validation: 'Correct the fields that the message names.',
      conflict: 'The record was changed meanwhile: read it again, then write.',
      'not-found': `Check the ID. If every request ends like this, check the Store URL in the credential ${credential}: it is the address of the storefront, without /api.`,
      throttled: 'The store asks for fewer requests: try again later.',
      transient: 'The store is not well for the moment: try again later.',
    },
    redirected: `Enter the address that the store really has as Store URL in the credential ${credential}, with https:// and www. where it uses them.`,
    notJson: `Check that the Store URL in the credential ${credential} is the address of an X-Cart 5.5 store, and that the store is not closed for maintenance.`,
    unexpectedShape:
      'Check that the store runs X-Cart 5.5 or newer, and which of its modules changes these fields in the REST API.',
  };
}
