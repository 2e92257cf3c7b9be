import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { currentDryRun, type DryRun, onlyReading } from '../../core/dryRun';
import type { RetryOptions } from '../../core/http/retry';
import { createSend, type SendOptions } from '../../core/http/send';
import { sharedThrottle } from '../../core/http/sharedThrottle';
import type { Throttle, ThrottleOptions } from '../../core/http/throttle';
import type { Send } from '../../core/http/types';
import { isClaimed } from './claims';
import { chosenSignIn, type SignIns } from './credentials';
import { type CredentialUse, nodeTransport, type RequestContext } from './transport';

/** How every service is opened inside a node: by the credential that the node names. */
export type Open<Client, Options = object, Context = RequestContext> = (
  context: Context,
  options?: Options,
) => Promise<Client>;

/** What every service can be opened with. */
export interface OpenOptions {
  /** Milliseconds for one attempt. */
  timeoutMs?: number;
  retry?: RetryOptions;
  /**
   * Longest that a request waits because the service has asked for it, in milliseconds. Default: 30 s where somebody
   * comes back later by itself, else as long as `retry` says.
   */
  patienceMs?: number;
}

/** The way to a service, ready for its client. */
export interface Connection<Settings> {
  settings: Settings;
  /** Signed by the credential, throttled, repeated, and ended when the run is cancelled. */
  send: Send;
  throttle: Throttle;
  /** Ends when the run is cancelled: for what a client waits for between its requests. */
  signal?: AbortSignal;
  /** Longest that the client itself may wait for the service's sake; undefined: as long as it needs. */
  patienceMs?: number;
  /**
   * Set in a dry run: `send` then refuses all but reads, and the client has to say what it would write in place of
   * writing it.
   */
  dryRun?: DryRun;
}

export interface ServiceDefinition<Settings, Client, Options> {
  /** Name of the credential type, which signs the requests; or the ways to sign in of which the node chooses. */
  credential: string | SignIns;
  /**
   * The fields of the credential as the client wants them. Throws where they cannot work.
   *
   * @param type of the credential
   */
  settings(fields: ICredentialDataDecryptedObject, type: string): Settings;
  /** What the service counts requests by, such as address and user. Of secrets only a hash is kept. */
  countedBy(settings: Settings): string[];
  /** Those of the first use hold as long as the service counts by the same; of rates the slowest of all who ask. */
  limits: ThrottleOptions | ((settings: Settings) => ThrottleOptions);
  /** For a token that is renewed after a 401. */
  auth?(settings: Settings): Pick<SendOptions, 'authorize' | 'onUnauthorized'>;
  create(connection: Connection<Settings>, options: Options): Client;
}

/**
 * What a ledger keeps need not wait here: it is sent again when the service wants it. A run that waits for minutes
 * holds its memory (n8n: about 15 MB), and each webhook starts one. A person in the editor does not wait longer either.
 */
const PATIENCE_MS = 30_000;

function patienceIn(context: RequestContext): number | undefined {
  const isEditor = 'getCurrentNodeParameters' in context;
  return isEditor || isClaimed(context) ? PATIENCE_MS : undefined;
}

/** The run's own signal. Only the execution of a node has one; triggers and the editor cannot be cancelled. */
function cancelSignal(context: RequestContext): AbortSignal | undefined {
  return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

function throttleKey(service: string, countedBy: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(countedBy)).digest('hex');
  return `${service} ${hash}`;
}

function signInOf(context: RequestContext, credential: string | SignIns): CredentialUse {
  return typeof credential === 'string' ? { type: credential } : chosenSignIn(context, credential);
}

/**
 * One way to open a service, whichever it is: the definition says what differs, this joins transport, throttle (one for
 * all executions of the process that are the same caller to the service), retry, patience and the cancel signal.
 */
export function serviceConnection<Settings, Client, Options extends OpenOptions = OpenOptions>(
  definition: ServiceDefinition<Settings, Client, Options>,
): Open<Client, Options> {
  const { credential, limits } = definition;
  // However a caller signs in, it is the same service that counts its requests.
  const service = typeof credential === 'string' ? credential : credential[0].type;
  return async (context, options = {} as Options) => {
    const signIn = signInOf(context, credential);
    const settings = definition.settings(await context.getCredentials(signIn.type), signIn.type);
    const throttle = sharedThrottle(
      throttleKey(service, definition.countedBy(settings)),
      typeof limits === 'function' ? limits(settings) : limits,
    );
    const patienceMs = options.patienceMs ?? patienceIn(context);
    const signal = cancelSignal(context);
    const dryRun = currentDryRun();
    const transport = nodeTransport(context, signIn);
    const send = createSend({
      transport: dryRun ? onlyReading(transport) : transport,
      throttle,
      patienceMs,
      retry: options.retry,
      ...definition.auth?.(settings),
    });
    const cancellable: Send = async (request) =>
      await send({ ...request, signal: request.signal ?? signal });
    return definition.create(
      { settings, send: cancellable, throttle, signal, patienceMs, dryRun },
      options,
    );
  };
}
