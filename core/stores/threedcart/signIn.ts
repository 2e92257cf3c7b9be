/** What n8n's editor calls the credentials. Messages name them so. */
export const CREDENTIAL_NAME = '3dcart (Shift4Shop) API';
export const OAUTH2_CREDENTIAL_NAME = '3dcart (Shift4Shop) OAuth2 API';

/** How requests are signed: by three headers, or by a token that n8n renews, which is of version 2 alone. */
export type ThreeDCartSignIn = 'privateKey' | 'oAuth2';

/** The credential with which one signs in so. */
export const credentialName = (signIn: ThreeDCartSignIn = 'privateKey'): string =>
  signIn === 'oAuth2' ? OAUTH2_CREDENTIAL_NAME : CREDENTIAL_NAME;
