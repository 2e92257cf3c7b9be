import type { StoreIdentity } from '../../../core/stores/kit/records';
import type { Open } from '../connection';

/** An opened store, whatever else it holds: its client, and what the credential says of it. */
export type OpenedStore = StoreIdentity;

/** The service behind a store's node. */
export interface StoreService<Store extends OpenedStore> {
  /** What people call it, such as `X-Cart`. */
  name: string;
  /** Opens the store that the node's credential names. */
  open: Open<Store>;
}
