import type { IDataObject } from 'n8n-workflow';

import { recordKeyIn } from './itemRecord';

const source = { platform: 'xcart', store: 'main', kind: 'order', id: '7' };

test.each<[string, IDataObject, string | undefined]>([
  ['its source', { source, claim: { key: '42' } }, 'xcart:main:order:7'],
  ['its claim where it has no source', { claim: { key: '42' } }, '42'],
  ['its claim where the source names nothing', { source: {}, claim: { key: '42' } }, '42'],
  ['nothing where the key is no text', { claim: { key: 42 } }, undefined],
  ['nothing where the key is empty', { claim: { key: ' ' } }, undefined],
  ['nothing where there is neither', { claim: null }, undefined],
])('an item is named by %s', (_what, json, key) => {
  expect(recordKeyIn({ json })).toBe(key);
});
