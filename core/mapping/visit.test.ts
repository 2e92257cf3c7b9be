import { DOCUMENTS } from '../presets';
import { checkMapping } from './check';
import { prepareMapping } from './compile';
import { usesFormulas } from './plan';
import type { FieldRule, MappingSpec } from './spec';
import { ruleSettings } from './spec';
import { SETTING_READS, VALUE_KINDS, pathsOf, valuesOf, visitRules } from './visit';

/** One rule for each setting that reads something, and what it reads. */
const READING: Partial<Record<keyof FieldRule, [rule: Partial<FieldRule>, paths: string[]]>> = {
  from: [{ from: 'a ?? b' }, ['a ?? b']],
  template: [{ template: '{a} and {^.b}' }, ['a', '^.b']],
  calculate: [
    { calculate: { add: ['a', 1, { calculate: { divide: ['b', { template: '{c}' }] } }] } },
    ['a', 'b', 'c'],
  ],
  allocate: [{ allocate: { total: 'a', weights: 'b', currency: 'c' } }, ['b', 'c', 'a']],
  roundTo: [{ roundTo: { total: 'a', value: { from: 'b' }, currency: 'c' } }, ['c', 'a', 'b']],
  transforms: [{ transforms: ['trim', { type: 'country', of: { from: 'a' }, as: 'b' }] }, ['a']],
  each: [{ each: 'a' }, ['a']],
  when: [
    {
      when: { and: [{ or: [{ path: 'a', is: 'exists' }] }, { not: { path: 'b', is: 'missing' } }] },
    },
    ['a', 'b'],
  ],
};

test('knows every setting that a rule may have', () => {
  expect(Object.keys(SETTING_READS).sort()).toEqual(ruleSettings().sort());
  expect(ruleSettings()).toEqual(expect.arrayContaining([...VALUE_KINDS]));
});

test.each(Object.entries(READING))('finds what "%s" reads', (_setting, [rule, paths]) => {
  expect(pathsOf(rule)).toEqual(paths);
});

test('finds the values that a value is calculated from', () => {
  const formula = { formula: 'x' };
  expect(
    valuesOf({ roundTo: { total: 'a', value: { calculate: { add: ['b', formula] } } } }),
  ).toContain(formula);
});

test('places each rule in both documents', () => {
  const rules: FieldRule[] = [
    {
      to: 'lines',
      each: 'items[kind=1]',
      fields: [
        { to: 'group', fields: [{ to: 'a', from: 'x' }] },
        { to: 'tags', each: '^.tags', fields: [{ to: 'b', from: 'y' }] },
        { to: 'known', each: '@source.list', fields: [{ to: 'c', from: 'z' }] },
      ],
    },
  ];
  expect(visitRules(rules).map(({ to, around }) => [to, ...around])).toEqual([
    ['lines', ''],
    ['lines[*].group', '', 'items[kind=1][*]'],
    ['lines[*].group.a', '', 'items[kind=1][*]'],
    ['lines[*].tags', '', 'items[kind=1][*]'],
    ['lines[*].tags[*].b', '', 'items[kind=1][*]', 'tags[*]'],
    ['lines[*].known', '', 'items[kind=1][*]'],
    ['lines[*].known[*].c', '', 'items[kind=1][*]', undefined],
  ]);
});

test('a currency that is read for a share is checked like any other path', async () => {
  const share = { total: 'total', weights: '$.items[*].price', currency: '^.curency' };
  const findings = await checkMapping(
    {
      from: 'xcart.order',
      to: 'b',
      fields: [
        { to: 'l', each: 'items', fields: [{ to: 't', allocate: { ...share, total: '^.total' } }] },
      ],
    },
    DOCUMENTS,
  );
  expect(findings).toMatchObject([
    { message: 'the source document has no "curency". Did you mean "currency"?' },
  ]);
});

test.each([[null], ['x'], [[null]], [[{ to: 'a', fields: 'b' }]], [[{ to: 'a', calculate: 5 }]]])(
  'fields that are %j have no formula and are refused in words',
  async (fields) => {
    const spec = { from: 'a', to: 'b', fields } as unknown as MappingSpec;
    expect(usesFormulas(spec)).toBe(false);
    expect(await checkMapping(spec, DOCUMENTS)).toMatchObject([{ severity: 'error' }]);
  },
);

test.each([
  ['', 'is empty'],
  ['a..b', 'has an empty part'],
  ['items[', 'without "]"'],
])('a list whose path is "%s" is named by its rule', async (each, problem) => {
  const fields = [{ to: 'l', each, fields: [{ to: 'x', formula: 'y' }] }];
  const spec: MappingSpec = { from: 'a', to: 'b', fields };
  const [finding] = await checkMapping(spec, DOCUMENTS);
  expect(finding).toMatchObject({ severity: 'error', field: 'field 1 ("l")' });
  expect(finding?.message).toContain(problem);
  await expect(prepareMapping(spec)).rejects.toThrow('Mapping "a → b", field 1 ("l")');
});
