import type { INodeType } from 'n8n-workflow';

import { runNode } from '../../test/engine';
import { resultItem } from './items';
import { hasExpression, parameterReader } from './parameters';

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
