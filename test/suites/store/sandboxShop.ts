import { mapValues } from 'lodash';

import { startSandbox } from '../../../sandbox/start';
import { doorsOf } from '../../../scripts/n8n/doors';
import type { ShopName } from '../../../scripts/n8n/sandbox-control';
import type { Placing, RecordDoors, Shop } from './service';

interface Order {
  id: string | number;
}

/**
 * A shop of the sandbox, moved through the control routes of its service: `/<service>/orders`, `/<service>/stock` and
 * `/<service>/switches`. It alone is put back to its beginning.
 *
 * @param others what it has beside orders, products and customers: where their routes end, by kind
 */
export async function startSandboxShop(
  service: ShopName,
  switches: object,
  others: Readonly<Record<string, string>> = {},
): Promise<Shop> {
  let aheadMs = 0;
  const sandbox = await startSandbox({ now: () => new Date(Date.now() + aheadMs) });
  const control = doorsOf(sandbox.control.url);
  const at = (time?: number): string | undefined =>
    time === undefined ? undefined : new Date(time).toISOString();

  const place = async (path: string, wish: object, placing: Placing): Promise<string[]> => {
    const placed = await control<Order[]>('POST', path, {
      ...wish,
      ...placing,
      at: at(placing.at),
    });
    return placed.map(({ id }) => String(id));
  };
  const doorsTo = (kinds: string): RecordDoors => ({
    clear: async () => await control('DELETE', `/${service}/records/${kinds}`),
    place: async (count, placing = {}) =>
      await place(`/${service}/records/${kinds}`, { count }, placing),
    change: async (id, time) =>
      await control('POST', `/${service}/records/${kinds}/${id}/change`, { at: at(time) }),
    remove: async (id) => await control('DELETE', `/${service}/records/${kinds}/${id}`),
  });

  return {
    url: sandbox[service].url,
    others: mapValues({ product: 'products', customer: 'customers', ...others }, doorsTo),
    skus: ['TS-LONG', 'MUG-BLUE', 'PAN-24'],
    stop: sandbox.stop,
    reset: async () => {
      aheadMs = 0;
      // The other services hold thousands of rows that nobody has touched.
      sandbox.reset(service);
      await control('PUT', `/${service}/switches`, switches);
    },
    place: async (count, placing = {}) =>
      await place(`/${service}/orders`, { count, lines: 1 }, placing),
    change: async (id, time) =>
      await control('POST', `/${service}/orders/${id}/change`, { at: at(time) }),
    remove: async (id) => await control('DELETE', `/${service}/orders/${id}`),
    setClock: (ms) => void (aheadMs = ms),
    hooks: async () => {
      const hooks = await control<Array<{ url: string }>>('GET', `/${service}/hooks`);
      return hooks.map(({ url }) => url);
    },
    stock: async (sku) =>
      (await control<{ amount: number }>('GET', `/${service}/stock/${sku}`)).amount,
    setStock: async (sku, amount) => await control('PUT', `/${service}/stock`, { sku, amount }),
  };
}
