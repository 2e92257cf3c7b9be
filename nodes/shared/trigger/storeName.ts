import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { defaultLedger } from '../../../core/ledger/open';
import { settle } from '../../../core/outcome';
import type { StoreIdentity } from '../../../core/feeds/records';
import { requireOneAddress } from '../oneStore';

type Context = IHookFunctions | IPollFunctions | IWebhookFunctions;

const LEDGER_NODE = /\.syncLedger$/;

/** The ledger of a credential can be opened by the node alone that has the credential. */
function isDefaultLedgerBehind(context: Context): boolean {
  const following = context.getChildNodes(context.getNode().name, { includeNodeParameters: true });
  return following.some(
    ({ type, disabled, parameters }) =>
      !disabled && LEDGER_NODE.test(type) && parameters?.ledger === 'default',
  );
}

/**
 * Refuses a shop whose name means another one, as Claim does with its records. Here, because a trigger that has put out a
 * record does not bring it again by itself after the repair: what is refused before that comes once the repair is made,
 * however late. Where the ledger cannot be read, Claim says so.
 */
export async function requireOwnStoreName(
  context: Context,
  platform: string,
  { name: store, address }: StoreIdentity,
): Promise<void> {
  if (!isDefaultLedgerBehind(context)) return;
  const opened = await settle(defaultLedger);
  if (!opened.ok || !opened.value) return;
  await requireOneAddress(opened.value, [{ platform, store, address }], { lookOnly: true });
}
