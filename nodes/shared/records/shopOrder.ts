import type { INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { StoreIdentity } from '../../../core/feeds/records';
import { textIn } from '../../../core/values';
import { recordIn } from '../input';

/**
 * Refuses an item that names an order of another shop, as *Sync Ledger: Find Source* has found it: shops of one platform count
 * alike, so that its id is that of somebody else's order here.
 *
 * @param platform as records of the store name it
 */
export function requireOfStore(
  { json }: INodeExecutionData,
  platform: string,
  { name }: Pick<StoreIdentity, 'name'>,
): void {
  const found = recordIn(json)['shopOrder'] ?? json['shopOrder'];
  if (typeof found !== 'object' || found === null) return;
  const { platform: ofPlatform, store: ofStore } = found as Record<string, unknown>;
  const itsPlatform = textIn(ofPlatform) ?? platform;
  const itsStore = textIn(ofStore) ?? name;
  if (itsPlatform === platform && itsStore === name) return;
  throw validationError(
    `The order is one of ${itsPlatform} ${itsStore}, and this node writes to ${platform} ${name}`,
    'Choose the credential of that shop, or enter the Platform and Store of this one in Sync Ledger: Find Source, so that rows of other shops do not come here.',
  );
}
