import { type StoreUnderTest, USUAL_OPERATIONS } from '../store/service';
import { KEY, MAX_ROWS, startToyshop } from './shop';
import { ToyshopApi } from './store/ToyshopApi.credentials';
import { Toyshop } from './store/Toyshop.node';
import { ToyshopTrigger } from './store/ToyshopTrigger.node';

/** A Toyshop that stands in this zone. */
export const toyshopIn = (zone: string): StoreUnderTest => ({
  name: 'Toyshop',
  platform: 'toyshop',
  trigger: new ToyshopTrigger(),
  node: new Toyshop(),
  credentialType: new ToyshopApi(),
  credential: (shopUrl) => ({ shopUrl, key: KEY, storeName: 'main', zone }),
  pageSize: MAX_ROWS,
  operations: {
    ...USUAL_OPERATIONS,
    rewriteOrder: ({ no, state }) => ({
      ...USUAL_OPERATIONS.getOrder(String(no)),
      operation: 'updateState',
      state: String(state),
    }),
  },
  kinds: [
    {
      kind: 'product',
      many: 'products',
      operations: {
        getOrder: (id) => ({
          resource: 'ware',
          operation: 'get',
          ware: { __rl: true, mode: 'id', value: id },
        }),
        getManyOrders: (limit) => ({
          resource: 'ware',
          operation: 'getAll',
          limit,
          simplify: false,
        }),
      },
      byContent: true,
      idOf: ({ no }) => String(no),
    },
  ],
  startShop: async () => await startToyshop(zone),
});
