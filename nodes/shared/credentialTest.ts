import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';

import { toServiceError } from '../../core/errors';
import { fetchTransport } from '../../core/http/fetch';
import type { Send } from '../../core/http/types';

/** A person waits in front of the dialog. */
const TIMEOUT_MS = 15_000;

/** What a field of the credential holds, without blanks around it; '' where it holds nothing. */
export interface FieldText {
  (field: string): string;
  /** With the blanks: of a text whose lines are counted, and of a password that may have them. */
  whole(field: string): string;
}

export interface CredentialTest<Found = unknown> {
  /** As people call the service, such as `X-Cart`. */
  service: string;
  /** What the service is there, such as `environment`. Default: `store`. */
  place?: string;
  /** The field that holds the address of the store, as the dialog calls it. */
  addressField: string;
  /** Said when the store has answered; of what it has answered, where that is to be seen. */
  passed: string | ((found: Found) => string);
  /**
   * Signs in where that is done elsewhere. What goes wrong there is said as it stands: it is no matter of the store's
   * address, and its status is not the store's.
   */
  signIn?(text: FieldText): Promise<unknown>;
  /** The field that holds the address of the sign-in, for when nobody answers there. */
  signInField?(text: FieldText): string;
  /** What a status means for the fields of the credential; a sentence that names one of them. */
  meanings: Readonly<Record<number, string>>;
  /**
   * Reads something as a node would, and checks what it reads.
   *
   * @param options.send signs nothing: the client puts its key on by itself
   */
  ask(text: FieldText, options: { send: Send; timeoutMs: number }): Promise<Found>;
}

function sentences(error: unknown): string {
  const { message, fix = '' } = toServiceError(error);
  return `${message.replace(/\.$/, '')}. ${fix}`.trim();
}

function explained<Found>(error: unknown, definition: CredentialTest<Found>): string {
  const { service, place = 'store', addressField, meanings } = definition;
  const { class: errorClass, status, fix = '' } = toServiceError(error);
  const meaning = meanings[status ?? 0];
  if (meaning) return meaning;
  const said = sentences(error);
  if (said.toLowerCase().includes(addressField.toLowerCase())) return said;
  // What the repair calls the address is a field of this dialog.
  if (/the address\b/.test(fix)) return said.replace(/the address\b/, addressField);
  return errorClass === 'transient' && status === undefined
    ? `${said} Check ${addressField}, and that this n8n can reach the ${place}.`
    : `${said} Check that ${addressField} is the address of ${articled(service)} ${place}.`;
}

/** Where nobody has answered, the message knows no field. */
function explainedSignIn<Found>(
  error: unknown,
  { signInField }: CredentialTest<Found>,
  text: FieldText,
): string {
  const { class: errorClass, status } = toServiceError(error);
  const said = sentences(error);
  if (!signInField || errorClass !== 'transient' || status !== undefined) return said;
  return `${said} Check ${signInField(text)}, and that this n8n can reach it.`;
}

/** `an X-Cart`, `a 3dcart`: by how the name is spoken. */
function articled(name: string): string {
  return /^([AEIO8]|[FHLMNRSX](?![a-z]))/.test(name) ? `an ${name}` : `a ${name}`;
}

/**
 * What the button *Test* of a credential does. n8n's declarative test knows only the status: it shows a bare
 * `ENOTFOUND`, and takes any website that answers with 200 for a store.
 */
export function credentialTest<Found>(
  definition: CredentialTest<Found>,
): (
  this: ICredentialTestFunctions,
  credential: ICredentialsDecrypted,
) => Promise<INodeCredentialTestResult> {
  return async function test({ data = {} }) {
    const whole = (field: string): string => {
      const value = data[field];
      return typeof value === 'string' ? value : '';
    };
    const text: FieldText = Object.assign((field: string) => whole(field).trim(), { whole });
    try {
      await definition.signIn?.(text);
    } catch (error) {
      return { status: 'Error', message: explainedSignIn(error, definition, text) };
    }
    try {
      const send = fetchTransport({ timeoutMs: TIMEOUT_MS });
      const found = await definition.ask(text, { send, timeoutMs: TIMEOUT_MS });
      const { passed } = definition;
      return { status: 'OK', message: typeof passed === 'string' ? passed : passed(found) };
    } catch (error) {
      return { status: 'Error', message: explained(error, definition) };
    }
  };
}
