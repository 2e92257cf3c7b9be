/** What n8n finds when a person types a word: nodes by name and alias, credentials by name alone (editor-ui). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { upperFirst } from 'lodash';

import { DynamicsDataverseApi } from '../credentials/DynamicsDataverseApi.credentials';
import { DynamicsDataverseOAuth2Api } from '../credentials/DynamicsDataverseOAuth2Api.credentials';
import { SyncLedgerApi } from '../credentials/SyncLedgerApi.credentials';
import { ThreeDCartApi } from '../credentials/ThreeDCartApi.credentials';
import { ThreeDCartOAuth2Api } from '../credentials/ThreeDCartOAuth2Api.credentials';
import { XCartApi } from '../credentials/XCartApi.credentials';
import { XCartOAuth2Api } from '../credentials/XCartOAuth2Api.credentials';
import { CommerceMap } from './CommerceMap/CommerceMap.node';
import { Dynamics365 } from './Dynamics365/Dynamics365.node';
import { SyncLedger } from './SyncLedger/SyncLedger.node';
import { SyncLedgerTrigger } from './SyncLedgerTrigger/SyncLedgerTrigger.node';
import { ThreeDCart } from './ThreeDCart/ThreeDCart.node';
import { ThreeDCartTrigger } from './ThreeDCartTrigger/ThreeDCartTrigger.node';
import { XCart } from './XCart/XCart.node';
import { XCartTrigger } from './XCartTrigger/XCartTrigger.node';

interface Findable {
  name: string;
  words: string[];
}

const nodes = [
  CommerceMap,
  Dynamics365,
  SyncLedger,
  SyncLedgerTrigger,
  ThreeDCart,
  ThreeDCartTrigger,
  XCart,
  XCartTrigger,
].map((NodeType): Findable => {
  const { name, displayName } = new NodeType().description;
  const folder = upperFirst(name);
  const codex = readFileSync(join(__dirname, folder, `${folder}.node.json`), 'utf8');
  const { alias } = JSON.parse(codex) as { alias: string[] };
  return { name, words: [displayName, ...alias] };
});

const credentials = [
  new DynamicsDataverseApi(),
  new DynamicsDataverseOAuth2Api(),
  new SyncLedgerApi(),
  new ThreeDCartApi(),
  new ThreeDCartOAuth2Api(),
  new XCartApi(),
  new XCartOAuth2Api(),
].map(({ name, displayName }): Findable => ({ name, words: [displayName] }));

const found = (list: Findable[], typed: string): string[] =>
  list
    .filter(({ words }) => words.some((word) => word.toLowerCase().includes(typed)))
    .map(({ name }) => name);

test.each([
  ['sku', ['commerceMap', 'dynamics365', 'xCart']],
  ['account', ['dynamics365']],
  ['contact', ['dynamics365']],
  ['customer', ['dynamics365', 'xCart']],
  ['invoice', ['dynamics365']],
  ['shop', ['xCart', 'xCartTrigger']],
  ['webshop', ['xCart', 'xCartTrigger']],
  ['e-commerce', ['xCart', 'xCartTrigger']],
  ['ecommerce', ['xCart', 'xCartTrigger']],
  ['order', ['dynamics365', 'xCart', 'xCartTrigger']],
  ['stock', ['xCart']],
  ['inventory', ['xCart']],
  ['mapping', ['commerceMap']],
  ['dedupe', ['syncLedger']],
  ['dead letter', ['syncLedger', 'syncLedgerTrigger']],
  ['retry', ['syncLedger', 'syncLedgerTrigger']],
  ['xcart', ['xCart', 'xCartTrigger']],
  ['x-cart', ['xCart', 'xCartTrigger']],
  ['d365', ['dynamics365']],
  ['3dcart', ['threeDCart', 'threeDCartTrigger']],
  ['shift4shop', ['threeDCart', 'threeDCartTrigger']],
  ['tracking', ['threeDCart']],
  ['rma', ['threeDCart']],
])('"%s" finds a node', (typed, expected) => {
  expect(found(nodes, typed)).toEqual(expect.arrayContaining(expected));
});

test.each([
  ['xcart', 'xCartApi'],
  ['x-cart', 'xCartApi'],
  ['dynamics 365', 'dynamicsDataverseApi'],
  ['dataverse', 'dynamicsDataverseApi'],
  ['dataverse', 'dynamicsDataverseOAuth2Api'],
  ['ledger', 'syncLedgerApi'],
  ['3dcart', 'threeDCartApi'],
  ['shift4shop', 'threeDCartOAuth2Api'],
  ['xcart', 'xCartOAuth2Api'],
])('"%s" finds a credential', (typed, expected) => {
  expect(found(credentials, typed)).toContain(expected);
});
