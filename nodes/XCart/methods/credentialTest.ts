import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';

import { toServiceError } from '../../../core/errors';
import { fetchTransport } from '../../../core/http/fetch';
import { firstRows } from '../../../core/stores/kit/pages';
import { createXCart } from '../../../core/stores/xcart/client';

/** A person waits in front of the dialog. */
const TIMEOUT_MS = 15_000;

/** What an answer to reading orders means for the fields of the credential. */
const MEANINGS: Readonly<Record<number, string>> = {
  401: 'The store does not accept the API Key. Copy it again from the X-Cart admin, Settings → API.',
  403: 'The API Key may not read orders. Take one of the keys of Settings → API.',
  404: 'There is no REST API at Store URL. Check the address; the store must be X-Cart 5.5 or newer.',
};

function explained(error: unknown): string {
  const { class: errorClass, status, message, fix = '' } = toServiceError(error);
  const meaning = MEANINGS[status ?? 0];
  if (meaning) return meaning;
  const said = `${message.replace(/\.$/, '')}. ${fix}`.trim();
  if (said.includes('Store URL')) return said;
  return errorClass === 'transient' && status === undefined
    ? `${message.replace(/\.$/, '')}. Check Store URL, and that this n8n can reach the store.`
    : `${said} Check that Store URL is the address of an X-Cart store.`;
}

/**
 * Reads one order as a node would. n8n's declarative test knows only the status: it shows a bare `ENOTFOUND`, and takes
 * any website that answers with 200 for a store.
 */
export async function xCartTest(
  this: ICredentialTestFunctions,
  { data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
  try {
    const { orders } = createXCart({
      storeUrl: String(data.storeUrl ?? ''),
      apiKey: String(data.apiKey ?? '').trim(),
      send: fetchTransport({ timeoutMs: TIMEOUT_MS }),
      timeoutMs: TIMEOUT_MS,
    });
    await firstRows((options) => orders.pages({}, options), 1);
    return { status: 'OK', message: 'The store answers and accepts the API Key' };
  } catch (error) {
    return { status: 'Error', message: explained(error) };
  }
}
