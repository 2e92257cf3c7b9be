import { storeAddress } from '../../../../core/stores/kit/address';
import type { StoreIdentity } from '../../../../core/stores/kit/records';
import { storeZone, type StoreZone } from '../../../../core/stores/kit/zone';
import { type OpenOptions, serviceConnection } from '../../../../nodes/shared/connection';
import type { StoreService } from '../../../../nodes/shared/records/service';
import { createToyshop, type Toyshop } from './client';

interface ToyshopCredential {
  shopUrl: string;
  key: string;
  storeName: string;
  zone: string;
}

export interface Store extends StoreIdentity {
  client: Toyshop;
  zone: StoreZone;
}

export const toyshop: StoreService<Store> = {
  name: 'Toyshop',
  open: serviceConnection({
    credential: 'toyshopApi',
    settings: (fields) => fields as unknown as ToyshopCredential,
    countedBy: ({ shopUrl, key }) => [shopUrl, key],
    limits: { start: 2, max: 4 },
    create: (
      { settings: { shopUrl, storeName, zone }, send, signal },
      { timeoutMs }: OpenOptions,
    ): Store => ({
      client: createToyshop({ shopUrl }, { send, timeoutMs, signal }),
      name: storeName,
      address: storeAddress(shopUrl),
      zone: storeZone(zone),
    }),
  }),
};
