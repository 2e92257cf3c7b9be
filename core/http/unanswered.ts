import { type ErrorClass, ServiceError } from '../errors';

/** What it means that no answer came. */
interface Reason {
  codes: RegExp;
  /** What follows the host. */
  says: string;
  fix: string;
  class?: ErrorClass;
}

/**
 * A certificate hits every record alike, and none of them can help it: they go by themselves once a person has repaired
 * it, as with a credential.
 */
const CERTIFICATE: ErrorClass = 'authentication';

/** By the codes of Node.js, OpenSSL, undici and axios; the first that fits. */
const REASONS: readonly Reason[] = [
  {
    codes: /^ECONNREFUSED$/,
    says: 'refuses the connection',
    fix: 'Check host and port of the address, and that the service is running. Inside a container, localhost is the container itself.',
  },
  {
    codes: /^ENOTFOUND$/,
    says: 'is not known: there is no host of that name',
    fix: 'Check the spelling of the address. If it is right, the name server of this machine does not know it.',
  },
  {
    codes: /^EAI_/,
    says: 'could not be looked up',
    fix: 'The name server of this machine does not answer: check its network.',
  },
  {
    codes: /^(?:ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED|UND_ERR_\w*TIMEOUT)$/,
    says: 'gave no answer in time',
    fix: 'Check the address, and that no firewall keeps this machine from it. Whether the request was carried out is not known.',
  },
  {
    codes: /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    says: 'broke off the connection',
    fix: 'This mostly passes. If it does not: check the address (https:// or http://), and for a firewall or proxy in between.',
  },
  {
    codes: /^E(?:HOST|NET)(?:UNREACH|DOWN)$/,
    says: 'cannot be reached from this machine',
    fix: 'Check the address, and the network, VPN or firewall of the machine that n8n runs on.',
  },
  {
    codes: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/,
    says: 'has a certificate that is not valid today',
    fix: 'Have the certificate renewed, and check the clock of the machine that n8n runs on.',
    class: CERTIFICATE,
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    says: 'has a certificate for another name',
    fix: 'Check the address, such as whether www. belongs to it.',
    class: CERTIFICATE,
  },
  {
    codes: /CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|^ERR_TLS/,
    says: 'has a certificate that is not trusted',
    fix: 'Check the address. For a certificate of your own, name its authority in NODE_EXTRA_CA_CERTS.',
    class: CERTIFICATE,
  },
  {
    codes: /^(?:EPROTO|ERR_SSL_\w+)$/,
    says: 'does not speak https at this address',
    fix: 'Check the port of the address, and whether it begins with https:// or http://.',
  },
];

const OTHER: Omit<Reason, 'codes'> = {
  says: 'gave no answer',
  fix: 'Check that the address is right and that this machine can reach it.',
};

interface WithCause {
  code?: unknown;
  cause?: unknown;
  /** Of an attempt on several addresses of one host. */
  errors?: unknown[];
}

/** undici and axios wrap what happened, sometimes twice. */
function causeCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors } = error as WithCause;
  return typeof code === 'string' ? code : (causeCode(cause) ?? causeCode(errors?.[0]));
}

/**
 * The failure of a request that nothing has answered: what that means, and what to repair.
 *
 * @param host that was asked, with its port
 * @param reasonOf says what happened where there is no code; its text goes into the message
 */
export function unansweredError(
  error: unknown,
  host: string,
  reasonOf: (error: unknown) => string = () => '',
): ServiceError {
  const code = causeCode(error);
  const reason = REASONS.find(({ codes }) => code !== undefined && codes.test(code)) ?? OTHER;
  const shown = code ?? reasonOf(error);
  return new ServiceError(`${host} ${reason.says}${shown ? ` (${shown})` : ''}.`, {
    class: reason.class ?? 'transient',
    code,
    fix: reason.fix,
    cause: error,
  });
}
