import type { ConfidentialClientApplication, NodeAuthOptions } from '@azure/msal-node';

import { ServiceError } from '../../errors';
import type { TokenProvider } from '../../http/token';
import type { Send } from '../../http/types';
import type { Clock } from '../../http/wait';
import { entraError } from './aadsts';
import { assertInForce, readCertificate, type SigningCertificate } from './certificate';
import { network } from './network';
import type { Proof, SignIn } from './settings';

interface Token {
  value: string;
  renewAt: number;
}

/** A token is renewed so long before its end, or at half its life where that is short. */
const RENEW_BEFORE_MS = 300_000;

/** Where the answer names no end (RFC 6749, 5.1: recommended only). A token that ends sooner is renewed on its 401. */
const USUAL_LIFE_MS = 1_800_000;

function lifeOf(expiresOn: Date | null, now: number): number {
  const life = (expiresOn?.getTime() ?? now) - now;
  return life > 0 ? life : USUAL_LIFE_MS;
}

/** Everything that MSAL would otherwise ask the network about the authority. */
function authorityMetadata(authority: string): string {
  return JSON.stringify({
    issuer: `${authority}/v2.0`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
  });
}

interface Identity {
  options: Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'>;
  certificate?: SigningCertificate;
}

/** With a certificate MSAL signs an assertion as Entra asks for it: PS256 with `x5t#S256` (certificate-credentials). */
function identityOf(proof: Proof): Identity {
  if ('clientSecret' in proof) return { options: { clientSecret: proof.clientSecret } };
  const certificate = readCertificate(proof.certificate);
  const { thumbprintSha256, privateKey } = certificate;
  return { certificate, options: { clientCertificate: { thumbprintSha256, privateKey } } };
}

/** One MSAL application, one token, and at most one sign-in on its way: MSAL itself does not join parallel ones. */
export function createProvider(settings: SignIn, send: Send, clock: Clock): TokenProvider {
  const { options, certificate } = identityOf(settings.proof);
  const { module: networkClient, takeFailure } = network(send, settings, clock);
  let application: Promise<ConfidentialClientApplication> | undefined;
  let current: Token | undefined;
  let underway: Promise<string> | undefined;
  let refusal: { error: ServiceError; until: number } | undefined;

  async function load(): Promise<ConfidentialClientApplication> {
    const msal = await import('@azure/msal-node');
    return new msal.ConfidentialClientApplication({
      auth: {
        clientId: settings.clientId,
        ...options,
        authority: settings.authority,
        knownAuthorities: [settings.authorityHost],
        authorityMetadata: authorityMetadata(settings.authority),
      },
      system: { networkClient, disableInternalRetries: true },
    });
  }

  async function acquire(): Promise<string> {
    try {
      if (certificate) assertInForce(certificate, clock.now());
      application ??= load();
      const app = await application;
      // MSAL's own cache is passed over: when a token is renewed is decided here alone.
      const result = await app.acquireTokenByClientCredential({
        scopes: [settings.scope],
        skipCache: true,
      });
      if (!result?.accessToken) throw entraError({ description: 'The answer holds no token.' });
      const now = clock.now();
      const life = lifeOf(result.expiresOn, now);
      current = {
        value: result.accessToken,
        renewAt: now + Math.max(life / 2, life - RENEW_BEFORE_MS),
      };
      return current.value;
    } catch (error) {
      throw remember(takeFailure() ?? asServiceError(error));
    }
  }

  /** Entra asked to be left alone for a while: until then the same answer is given without asking again. */
  function remember(error: ServiceError): ServiceError {
    if (error.retryAfterMs) refusal = { error, until: clock.now() + error.retryAfterMs };
    return error;
  }

  function throwIfRefused(): void {
    const left = refusal ? refusal.until - clock.now() : 0;
    if (!refusal || left <= 0) return;
    const { message, class: errorClass, code, fix, status, requestId } = refusal.error;
    throw new ServiceError(message, {
      ...{ class: errorClass, code, fix, status, requestId },
      retryAfterMs: left,
    });
  }

  return {
    async token({ rejected } = {}) {
      if (rejected !== undefined && current?.value === rejected) current = undefined;
      if (current && clock.now() < current.renewAt) return current.value;
      if (underway) return await underway;
      throwIfRefused();
      underway = acquire().finally(() => (underway = undefined));
      return await underway;
    },
  };
}

function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const description = error instanceof Error ? error.message : String(error);
  return entraError({ description, cause: error });
}
