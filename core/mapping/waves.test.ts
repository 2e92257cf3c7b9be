import { prepareMapping } from './compile';
import { override, type OverlayRow } from './plan';
import { rowsToSpec } from './rows';
import type { MappingSpec } from './spec';

/** Formulas are worked out later than all other rows; each row still sees what stands above it. */

const PRESET: MappingSpec = {
  from: 'shop.order',
  to: 'crm.order',
  fields: [
    { to: 'name', template: 'No. {no}' },
    { to: 'lines', each: 'items', fields: [{ to: 'text', from: 'sku' }] },
  ],
};
const ORDER = { no: 7, web: 'yes', items: [{ sku: 'a' }, { sku: 'b' }] };
const WEB = { path: 'web', is: 'equals', value: 'yes' } as const;
const FORMULA: OverlayRow = { to: 'name', formula: '"formula " & $string(no)' };
const UPPER: OverlayRow = { to: 'name', from: '@mapped.name', transforms: ['upper'] };

async function run(mapping: Parameters<typeof prepareMapping>[0]): Promise<unknown> {
  const result = await (await prepareMapping(mapping)).mapAsync(ORDER);
  return result.ok ? result.document : result.error.message;
}

test.each<[string, OverlayRow[], unknown]>([
  ['change what it gives', [UPPER], 'FORMULA 7'],
  ['are an exception to it', [{ to: 'name', value: 'Web', when: WEB }], 'Web'],
  ['remove it', [{ to: 'name', remove: true, when: WEB }], undefined],
  ['change the exception', [{ to: 'name', value: 'Web', when: WEB }, UPPER], 'WEB'],
  ['are formulas', [{ to: 'name', formula: '$string(no) & " web"', when: WEB }, UPPER], '7 WEB'],
  [
    'change the whole that it is in',
    [
      { to: 'old', from: '@mapped.name' },
      { to: 'name', remove: true },
      { to: 'name', from: '@mapped.old' },
    ],
    'formula 7',
  ],
])('rows after a formula %s', async (_name, rows, name) => {
  expect(((await run(override(PRESET, [FORMULA, ...rows]))) as { name?: string }).name).toBe(name);
});

test('rows of other fields read what the formula has given', async () => {
  const rows: OverlayRow[] = [FORMULA, { to: 'title', template: '<{@mapped.name}>' }];
  expect(await run(override(PRESET, rows))).toMatchObject({ title: '<formula 7>' });
});

test('a field inside of what a formula gives may be changed', async () => {
  const rows: OverlayRow[] = [
    { to: 'ship', formula: '{"city": "Austin"}' },
    { to: 'ship.city', from: '@mapped.ship["city"]', transforms: ['upper'] },
  ];
  expect(await run(override(PRESET, rows))).toMatchObject({ ship: { city: 'AUSTIN' } });
});

test('each line has its own', async () => {
  const rows: OverlayRow[] = [
    { to: 'lines[*].text', formula: '"line " & $string($index)' },
    { to: 'lines[*].text', from: '@mapped.lines[*].text', transforms: ['upper'] },
  ];
  const lines = [{ text: 'LINE 0' }, { text: 'LINE 1' }];
  expect(await run(override(PRESET, rows))).toMatchObject({ lines });
});

test('in a mapping of the own, in lists and groups too', async () => {
  const rows: OverlayRow[] = [
    FORMULA,
    { to: 'name', value: 'Web', when: WEB },
    { to: 'lines[*].text', formula: '"line " & sku' },
    {
      to: 'lines[*].text',
      value: 'second',
      when: { path: 'items[*].sku', is: 'equals', value: 'b' },
    },
  ];
  expect(await run(rowsToSpec('shop.order', 'crm.order', rows))).toEqual({
    name: 'Web',
    lines: [{ text: 'line a' }, { text: 'second' }],
  });
  const group: MappingSpec = {
    ...PRESET,
    fields: [
      {
        to: 'ship',
        fields: [
          { to: 'by', formula: '"post"', when: { not: WEB } },
          { to: 'by', value: 'courier', when: WEB },
        ],
      },
    ],
  };
  expect(await run(group)).toEqual({ ship: { by: 'courier' } });
});

test('all that is wrong is said, also of rows that wait', async () => {
  const rows: OverlayRow[] = [
    { to: 'name', formula: '$number("x")' },
    { to: 'name', from: 'nothing', required: true, when: WEB },
  ];
  const message = await run(override(PRESET, rows));
  expect(message).toContain('the formula did not work');
  expect(message).toContain('is required and has no value');
});
