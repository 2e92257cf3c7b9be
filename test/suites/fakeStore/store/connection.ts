import type { StoreIdentity } from '../../../../core/feeds/records';
import { storeZone, type StoreZone } from '../../../../core/stores/kit/zone';
import { type OpenOptions, serviceConnection } from '../../../../nodes/shared/connection';
import {
  identityIn,
  type NamedStore,
  type StoreService,
} from '../../../../nodes/shared/records/service';
import { createToyshop, type Toyshop } from './client';

interface ToyshopCredential extends NamedStore {
  shopUrl: string;
  key: string;
  zone: string;
}

export interface Store extends StoreIdentity {
  client: Toyshop;
  zone: StoreZone;
}

export const toyshop: StoreService<Store> = {
  name: 'Toyshop',
  platform: 'toyshop',
  open: serviceConnection({
    credential: 'toyshopApi',
    settings: (fields) => fields as unknown as ToyshopCredential,
    countedBy: ({ shopUrl, key }) => [shopUrl, key],
    limits: { start: 2, max: 4 },
    create: (
      { settings: { shopUrl, zone, ...named }, send, signal },
      { timeoutMs }: OpenOptions,
    ): Store => ({
      ...identityIn(named, shopUrl),
      client: createToyshop({ shopUrl }, { send, timeoutMs, signal }),
      zone: storeZone(zone),
    }),
  }),
};
