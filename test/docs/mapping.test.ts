import { startCase } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { compileTransform } from '../../core/mapping/chain';
import type { Json } from '../../core/mapping';
import { TRANSFORMS, type TransformOption } from '../../core/mapping';
import type { Scope } from '../../core/mapping/scope';
import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { runNode } from '../engine';
import { blocksOf, code, expectTable, pageText, tableOf } from './markdown';
import { type Panel, parametersOf } from './panel';
import { EXAMPLES } from './transformExamples';

const PAGE = 'mapping.md';

interface Example {
  panel: Panel;
  /** What is otherwise in the order of the page. */
  order?: object;
  /** In the place of the order. */
  input?: object;
  /** Part of the item that comes out. */
  output?: object;
  /** What the item does not have. */
  absent?: string[];
  /** What the node stops with. */
  message?: string;
  /** What stands beside the output of a run by hand. */
  hint?: string;
}

const text = pageText(PAGE);
const [first] = blocksOf(text, 'order');
const ORDER = first?.json as IDataObject;
const examples = blocksOf(text, 'example').map(
  ({ heading, json }) => [heading, json as Example] as const,
);

async function run({ panel, order, input }: Example) {
  const result = await runNode({
    mode: 'manual',
    nodeType: new CommerceMap(),
    parameters: await parametersOf(panel),
    input: [input ?? { ...ORDER, ...order }],
  });
  const [task] = result.run.data.resultData.runData['Node'] ?? [];
  return { ...result, hints: task?.hints?.map(({ message }) => message) ?? [] };
}

test('the guide has its examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(12);
});

test.each(examples)('%s', async (_, example) => {
  const { output, absent = [], message, hint } = example;
  expect(output ?? message ?? hint ?? absent[0]).toBeDefined();
  const result = await run(example);
  if (message === undefined) {
    expect(result.error?.message).toBeUndefined();
    expect(result.output()[0]).toMatchObject(output ?? {});
  } else expect(result.error?.message).toBe(message);
  const untouched = absent.length > 0 ? await run({ ...example, panel: {} }) : undefined;
  for (const path of absent) {
    expect(untouched?.output()[0]).toHaveProperty(path);
    expect(result.output()[0]).not.toHaveProperty(path);
  }
  if (hint !== undefined) expect(result.hints).toContain(hint);
});

/** Of the order, and where a path stands for a field of the lines, of its second line. */
const PATHS: ReadonlyArray<readonly [path: string, reads: string, isOfLine?: boolean]> = [
  ['billing_address.firstname', 'a field inside another'],
  ['items[0].sku', 'of the first element of a list'],
  ['items[-1].sku', 'of the last element'],
  ['extra["gift.text"]', 'a field with a dot or a bracket in its name'],
  ['items[*].sku', 'of every element'],
  ['surcharges[type=shipping].value', 'of the elements that fit; `=`, `!=`, `>`, `>=`, `<`, `<=`'],
  ['surcharges[type=tax,value>5].value', 'of those that fit in all of it'],
  ['coupon_code ?? order_number', 'the first that has a value'],
  ['sku', 'in a list: of this element', true],
  ['^.order_number', 'in a list: of what is around the list; `^.^.` of what is around that', true],
  ['$.items[sku=^.sku].name', 'of the elements that fit what the path is read for', true],
  ['$.order_number', 'of the whole document, from anywhere', true],
  ['@index', 'in a list: the place of this element, from 0', true],
  ['@source.store', 'what the trigger knows of where the document is from'],
  ['@settings.prices', 'what is chosen in the panel, such as Tax Included in Prices'],
];

test('its table of paths shows what each reads', async () => {
  const rule = ([path]: readonly [string, ...unknown[]], index: number) => ({
    to: `p${index}`,
    from: path,
  });
  const all = PATHS.map((row, index) => ({ row, rule: rule(row, index) }));
  const rulesOf = (ofLine: boolean) =>
    all.filter(({ row: [, , isOfLine = false] }) => isOfLine === ofLine).map((one) => one.rule);
  const fields = [...rulesOf(false), { to: 'lines', each: 'items', fields: rulesOf(true) }];
  const mapping = { from: 'xcart.order', to: 'my.order', fields };
  const result = await run({
    panel: {
      From: 'Custom',
      'Define Mapping': 'By JSON',
      'Mapping (JSON)': JSON.stringify(mapping),
    },
  });
  expect(result.error?.message).toBeUndefined();
  const [item] = result.output();
  const line = (item?.['lines'] as IDataObject[])[1];
  const rows = PATHS.map(([path, reads, isOfLine], index) => [
    `\`${path}\``,
    reads,
    code((isOfLine ? line : item)?.[`p${index}`]),
  ]);
  expectTable(PAGE, 'paths', tableOf(['path', 'reads', 'gives'], rows));
});

const ROOT: Scope = {
  value: {},
  root: {},
  parent: undefined,
  index: 0,
  run: { context: {}, problems: [], pending: [], notes: [], tell: () => undefined },
};

function optionText(option: TransformOption | undefined, value: unknown): string {
  if (option?.choices) return option.choiceNames?.[String(value)] ?? startCase(String(value));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The fields of a transform that an example has set, by the names of the panel. */
const given = (options: Record<string, unknown>, known: readonly TransformOption[]): string =>
  Object.entries(options)
    .map(([name, value]) => {
      const option = known.find((one) => one.name === name);
      return `; _${option?.displayName}_ \`${optionText(option, value)}\``;
    })
    .join('');

test('its table of transforms shows all of them, with what each makes of a value', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(TRANSFORMS.map(({ name }) => name).sort());
  const rows = TRANSFORMS.map(({ name, displayName, description, options }) => {
    const { value, options: own = {} } = EXAMPLES[name] ?? { value: undefined };
    const call = { type: name, ...(own as Record<string, Json>) };
    const result = compileTransform(call, 0)(value, ROOT);
    const settings = given(own, options);
    const fields = options.map((option) => option.displayName).join(', ');
    const example = `${code(value)} → ${code(result)}${settings}`;
    return [displayName, `${description}.`, fields, example];
  });
  expectTable(PAGE, 'transforms', tableOf(['Transform', 'does', 'its fields', 'example'], rows));
});
