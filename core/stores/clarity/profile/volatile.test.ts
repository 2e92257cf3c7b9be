import { BRIEF } from './brief';
import { CEF } from './cef';
import { readProfile } from './read';
import { volatileOf } from './volatile';

it.each([
  ['brief', BRIEF, ['modifiedDate', 'externalId']],
  ['cef', CEF, ['modifiedDate', 'UpdatedDate', 'CreatedDate', 'externalId', 'CustomKey']],
] as const)('the names of the profile %s', (_, profile, names) => {
  expect(volatileOf(profile, 'orders')).toEqual(names);
});

it('are those of a profile of one’s own, and what it says beside', () => {
  const profile = readProfile(`{
    "extends": "brief",
    "resources": {
      "orders": {
        "volatile": ["sync.at", "positions.stock", "positions[0].seen", "shippedOn", "box"],
        "fields": {
          "modifiedDate": "meta.history[0].on ?? changedOn",
          "externalId": "foreignKey",
          "notes": "shippedOn",
          "status": "state ?? shippedOn",
          "email": "foreignKey",
          "shippingAddress": { "at": ".", "fields": { "city": "shippedOn" } },
          "lineItems": { "at": "positions ?? rows", "fields": { "sku": "article", "category": "stock" } }
        }
      }
    }
  }`);
  expect(volatileOf(profile, 'orders')).toEqual([
    'modifiedDate',
    'meta.history.on',
    'changedOn',
    'externalId',
    'foreignKey',
    'sync.at',
    'positions.stock',
    'positions.seen',
    'shippedOn',
    'box',
    'shippingAddress.city',
    'notes',
    'lineItems.stock',
    'lineItems.seen',
    'lineItems.category',
  ]);
});

it('are not all entries of a list of which one has the external id', () => {
  const profile = readProfile(`{
    "extends": "brief",
    "resources": { "orders": { "fields": { "externalId": "attributes[0].value ?? foreignKey" } } }
  }`);
  expect(volatileOf(profile, 'orders')).toEqual(['modifiedDate', 'externalId', 'foreignKey']);
});

it('of a kind that the deployment does not have are those of every record', () => {
  const profile = readProfile('{ "extends": "brief", "resources": { "products": null } }');
  expect(volatileOf(profile, 'products')).toEqual(['modifiedDate', 'externalId']);
});
