/** What n8n calls the credentials, in both spellings: people search them by either. Messages name them so. */
export const CREDENTIAL_NAME = 'X-Cart (XCart) API';
export const OAUTH2_CREDENTIAL_NAME = 'X-Cart (XCart) OAuth2 API';

/** How requests are signed. The classic API knows keys alone. */
export type XCartSignIn = 'apiKey' | 'password' | 'oAuth2';

/** The credential with which one signs in so. */
export const credentialName = (signIn: XCartSignIn = 'apiKey'): string =>
  signIn === 'oAuth2' ? OAUTH2_CREDENTIAL_NAME : CREDENTIAL_NAME;
