/** docs/clarity-profile.md explains each key of the schema of profiles, and none that it does not have. */
import type { z } from 'zod';

import { BRIEF } from '../../core/stores/clarity/profile/brief';
import { namesAt } from '../../core/stores/clarity/profile/names';
import { readProfile } from '../../core/stores/clarity/profile/read';
import { profileSchema, RESOURCES } from '../../core/stores/clarity/profile/schema';
import * as wire from '../../core/stores/clarity/wire';
import { WRONG_PROFILES } from '../support/wrongProfiles';
import { expectTable, pageText } from './markdown';

const PAGE = 'clarity-profile.md';
const page = pageText(PAGE);

/** The first column of a table that explains keys. */
function explained(table: string): string[] {
  const [, text = ''] = new RegExp(`<!-- keys: ${table} -->([^]*?)<!-- end -->`).exec(page) ?? [];
  return [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, key = '']) => key);
}

const REQUEST = ['method', 'path', 'query'];

/** Every key below a place, objects opened; what makes a request of an object is explained once for all of them. */
function keysBelow(path: string[], before = ''): string[] {
  return namesAt(profileSchema, path).flatMap((name): string[] => {
    const inside = namesAt(profileSchema, [...path, name]);
    const own = `${before}${name}`;
    if (inside.length === 0) return [own];
    const below = keysBelow([...path, name], `${own}.`);
    if (!inside.includes('method')) return below;
    return [own, ...below.filter((key) => !REQUEST.includes(key.slice(own.length + 1)))];
  });
}

const under = (...parts: string[]): string[] =>
  parts.flatMap((part) => keysBelow([part], `${part}.`));

it.each<[table: string, keys: string[]]>([
  ['whole', ['extends', 'name', 'basePath', 'wholeNames', ...under('success', 'errors')]],
  ['authentication', keysBelow(['authentication'])],
  ['lists', under('paging', 'envelope')],
  ['resources', keysBelow(['resources', 'orders'])],
  ['parts', namesAt(profileSchema, ['resources', 'orders', 'fields', 'lineItems'])],
  ['bulk', keysBelow(['stock'])],
  ['webhooks', keysBelow(['webhooks'])],
])('explains each key: %s', (table, keys) => {
  expect(keys.length).toBeGreaterThan(2);
  expect(explained(table).sort()).toEqual([...keys].sort());
});

it('has a part of the page for each part of a profile', () => {
  const parts = namesAt(profileSchema, []);
  expect(parts.filter((part) => !page.includes(`\`${part}`))).toEqual([]);
  expect(namesAt(profileSchema, ['prices'])).toEqual(namesAt(profileSchema, ['stock']));
  for (const resource of RESOURCES) {
    expect(page).toContain(`\`${resource}\``);
    expect(namesAt(profileSchema, ['resources', resource])).toEqual(
      namesAt(profileSchema, ['resources', 'orders']),
    );
  }
});

/** What presets read of each kind of record, and of what stands in it. */
const READ: Readonly<Record<string, z.ZodTypeAny>> = {
  orders: wire.orderSchema,
  'each of `lineItems`': wire.orderLineSchema,
  'each of `payments` of an order': wire.paymentSchema,
  '`billingAddress`, `shippingAddress`, and `address` of a customer': wire.addressSchema,
  products: wire.productSchema,
  customers: wire.customerSchema,
  inventory: wire.inventorySchema,
  payments: wire.paymentRecordSchema,
  shipments: wire.shipmentRecordSchema,
  returns: wire.returnSchema,
  'each of `lineItems` of a return': wire.returnLineSchema,
};

it('names what stands on the left of fields', () => {
  const others = RESOURCES.filter((name) => !Object.hasOwn(READ, name)).map((name) => [
    name,
    [...Object.keys(BRIEF.resources[name]?.fields ?? {}), 'externalId'],
  ]);
  const all = [
    ...Object.entries(READ).map(([name, schema]) => [name, namesAt(schema, [])]),
    ...others,
  ] as Array<[string, string[]]>;
  const lines = all.map(
    ([name, names]) => `- ${name}: ${names.map((each) => `\`${each}\``).join(', ')}`,
  );
  expectTable(PAGE, 'names', lines.join('\n'));
});

it('quotes what is said of wrong profiles', () => {
  const said = Object.values(WRONG_PROFILES).flatMap((profiles) =>
    profiles.map(({ says }) => says),
  );
  const quoted = [...page.matchAll(/^\| (Line \d.*?) +\|/gm)].map(([, text = '']) => text);
  expect(quoted.length).toBeGreaterThan(4);
  for (const text of quoted) expect(said).toContain(text);
});

it('shows only profiles that can be used', () => {
  const blocks = ['clarity-profile.md', 'credentials.md'].flatMap((name) => [
    ...pageText(name).matchAll(/^ *```json\n([^]*?)^ *```/gm),
  ]);
  const profiles = blocks.map(([, text = '']) => text).filter((text) => text.includes('"extends"'));
  expect(profiles.length).toBeGreaterThan(1);
  for (const text of [...profiles, pageText('clarity-profile.json')]) readProfile(text);
});
