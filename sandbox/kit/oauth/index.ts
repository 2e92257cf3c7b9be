export { OAuthError, registerOAuth, type Form, type OAuthServer } from './server';
export { Tokens } from './tokens';
