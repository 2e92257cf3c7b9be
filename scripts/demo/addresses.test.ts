import type { ICredentialType } from 'n8n-workflow';

import { sheetOf, sheetText } from './addresses';

const type: ICredentialType = {
  name: 'shopApi',
  displayName: 'Shop API',
  properties: [
    { displayName: 'Store URL', name: 'url', type: 'string', default: '' },
    { displayName: 'Store Name', name: 'store', type: 'string', default: 'main' },
    {
      displayName: 'Cloud',
      name: 'cloud',
      type: 'options',
      options: [
        { name: 'Public', value: 'public' },
        { name: 'Custom', value: 'custom' },
      ],
      default: 'public',
    },
    { displayName: 'Scope', name: 'scope', type: 'string', default: '' },
  ],
};

const data = { cloud: 'custom', store: 'main', url: 'http://127.0.0.1:1', scope: '' };

it('says what has to be entered, in the words and the order of the dialog', () => {
  expect(sheetOf(type, data)).toEqual({
    title: 'Shop API',
    fields: [
      { label: 'Store URL', value: 'http://127.0.0.1:1' },
      { label: 'Cloud', value: 'Custom' },
    ],
  });
});

it('sets values below each other, over all credentials', () => {
  const other = { title: 'Other API', fields: [{ label: 'Key of the Other', value: 'k' }] };
  expect(sheetText([sheetOf(type, data), other])).toBe(
    [
      'Shop API',
      '  Store URL         http://127.0.0.1:1',
      '  Cloud             Custom',
      '',
      'Other API',
      '  Key of the Other  k',
    ].join('\n'),
  );
});
