import type { INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';

import { runNode } from '../../test/engine';
import { resultItem } from './items';
import { hasExpression, parameterReader, sameForAll } from './parameters';

describe('hasExpression', () => {
  test.each([
    ['plain', false],
    ['={{ $json.id }}', true],
    [{ a: [{ b: '=x' }] }, true],
    [{ a: [{ b: 'x=1' }], c: null, d: 3 }, false],
    [undefined, false],
  ])('%j: %s', (raw, expected) => {
    expect(hasExpression(raw)).toBe(expected);
  });
});

class Reader implements INodeType {
  description: INodeType['description'] = {
    displayName: 'Reader',
    name: 'reader',
    group: ['transform'],
    version: 1,
    description: 'Reads its parameters',
    defaults: { name: 'Reader' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [
      { displayName: 'Fixed', name: 'fixed', type: 'string', default: '' },
      { displayName: 'Each', name: 'each', type: 'string', default: '' },
    ],
  };

  execute: INodeType['execute'] = async function () {
    const asked: string[] = [];
    const counting = Object.create(this, {
      getNodeParameter: {
        value: (name: string, index: number) => {
          asked.push(name);
          return this.getNodeParameter(name, index);
        },
      },
    }) as typeof this;
    const read = parameterReader(counting);
    const values = this.getInputData().map((_item, index) => [
      read<string>('fixed', index),
      read<string>('each', index),
    ]);
    return [values.map((value, index) => resultItem({ value, asked: asked.length }, index))];
  };
}

test('reads a static parameter once and an expression for each item', async () => {
  const run = await runNode({
    nodeType: new Reader(),
    parameters: { fixed: 'a', each: '={{ $json.id }}' },
    input: [{ id: 1 }, { id: 2 }, { id: 3 }],
  });
  expect(run.output()).toEqual([
    { value: ['a', 1], asked: 4 },
    { value: ['a', 2], asked: 4 },
    { value: ['a', 3], asked: 4 },
  ]);
});

describe('sameForAll', () => {
  const options = {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    default: {},
    options: [
      { displayName: 'Batch Size', name: 'size', type: 'number', default: 5 },
      { displayName: 'Time to Wait', name: 'wait', type: 'number', default: 5 },
    ],
  } satisfies INodeProperties;

  class Whole extends Reader {
    override description = { ...new Reader().description, properties: [options] };

    override execute: INodeType['execute'] = async function () {
      const value = sameForAll<object>(this, options, {});
      const wait: unknown = sameForAll(this, 'options.wait', 7);
      return [[resultItem({ value, wait }, 0)]];
    };
  }

  const read = async (given: INodeParameters) =>
    await runNode({
      nodeType: new Whole(),
      parameters: { options: given },
      input: [{ id: 1 }, { id: 2 }],
    });

  test('gives what is the same for all items, be it an expression', async () => {
    const run = await read({ size: '={{ $json.id > 0 ? 3 : 4 }}' });
    expect(run.output()).toEqual([{ value: { size: 3 }, wait: 7 }]);
  });

  test.each([
    [{ size: 3, wait: '={{ $json.id }}' }, 'Time to Wait in Options'],
    [{ size: '={{ $json.id }}', wait: 3 }, 'Batch Size in Options'],
  ])('refuses %j, and says which field it is', async (given, name) => {
    const { error } = await read(given);
    expect(error?.message).toBe(`${name} differs from item to item, and holds for the whole run`);
  });
});
