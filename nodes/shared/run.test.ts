import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import { ServiceError } from '../../core/errors';
import { cancelledError } from '../../core/http/wait';
import { type NodeRun, runNode } from '../../test/engine';
import { resultItem } from './items';
import type { Operation } from './operation';
import { run } from './run';
import { type AnySteps, eachItem, eachOf, itemSteps, once, together } from './steps';

class Works implements INodeType {
  description: INodeType['description'];

  execute: INodeType['execute'];

  constructor(operation: Operation) {
    this.description = {
      displayName: 'Works',
      name: 'works',
      group: ['transform'],
      version: 1,
      description: 'Works',
      defaults: { name: 'Works' },
      inputs: ['main'],
      outputs: Array.from({ length: operation.outputs ?? 1 }, () => 'main' as const),
      properties: [],
    };
    this.execute = async function () {
      return await run(this, operation);
    };
  }
}

const CONTINUED = 'continueErrorOutput';

async function work(
  start: () => AnySteps | Promise<AnySteps>,
  input: object[],
  { onError, ...more }: Partial<Operation> & { onError?: INode['onError'] } = {},
): Promise<NodeRun> {
  const words = { name: 'Work', value: 'work', action: 'Work', description: 'Work' };
  const operation: Operation = { ...words, properties: [], start, ...more };
  return await runNode({ nodeType: new Works(operation), parameters: {}, input, onError });
}

const items = (...ids: Array<number | string>) => ids.map((id) => ({ id }));

/** As Claim puts it on the items that a record is split into. */
const partsOf = (token: string, ...ids: number[]) =>
  ids.map((id) => ({ id, claim: { key: `xcart:main:order:${token}`, hash: 'h', token } }));

function refused(id: unknown): ServiceError {
  return new ServiceError(`${String(id)} is refused`, { class: 'validation', fix: 'Repair it.' });
}

/** Doubles numbers, and lets pass what has none. */
function doubling(ran: unknown[] = []): AnySteps {
  return itemSteps<number, number>({
    prepare: ({ json: { id } }) => {
      if (id === 'none') return undefined;
      if (typeof id === 'number') return id;
      throw refused(id);
    },
    run: async (all) => {
      ran.push(all);
      return all.map((id) =>
        id > 100 ? { ok: false, error: refused(id) } : { ok: true, value: id * 2 },
      );
    },
    output: (_item, double, index) => resultItem({ double }, index),
  });
}

describe('the items of an operation', () => {
  it('fail together where they are parts of one record, and others go on', async () => {
    const input = [...partsOf('a', 1, 101, 2), ...partsOf('b', 3, 4), ...items(5)];
    const result = await work(() => doubling(), input, { onError: CONTINUED });
    const failed = result.items('Node', 1).map(({ json }) => json['error']);
    expect(failed).toEqual(['101 is refused', '101 is refused', '101 is refused']);
    expect(result.output()).toEqual([{ double: 6 }, { double: 8 }, { double: 10 }]);
  });

  it('are worked on together, keep their order and their links, and pass through with nothing to do', async () => {
    const ran: unknown[] = [];
    const result = await work(() => doubling(ran), items(1, 'none', 3));
    expect(ran).toEqual([[1, 3]]);
    expect(result.output()).toEqual([{ double: 2 }, { id: 'none' }, { double: 6 }]);
    expect(result.items('Node').map(({ pairedItem }) => pairedItem)).toEqual(
      [0, 1, 2].map((item) => ({ item })),
    );
  });

  it('fail one by one, when prepared or worked on, by the error output', async () => {
    const input = items(1, 'bad', 200, 4);
    const result = await work(() => doubling(), input, { onError: CONTINUED });
    expect(result.output(0)).toEqual([{ double: 2 }, { double: 8 }]);
    expect(result.output(1)).toMatchObject([
      { id: 'bad', error: 'bad is refused', details: { class: 'validation', fix: 'Repair it.' } },
      { id: 200, error: '200 is refused' },
    ]);
  });

  it('stop the workflow at the first that failed, when all others are done', async () => {
    const ran: unknown[] = [];
    const result = await work(() => doubling(ran), items('bad', 2, 200));
    expect(ran).toEqual([[2, 200]]);
    expect(result.error).toMatchObject({
      message: 'bad is refused',
      description: 'Repair it.',
      context: { itemIndex: 0 },
    });
  });

  it('all fail where the work fails as a whole, but not those that were refused before', async () => {
    const steps = () =>
      itemSteps<number, number>({
        prepare: ({ json: { id } }) => {
          if (id === 'bad') throw refused(id);
          return Number(id);
        },
        run: together(async () => await Promise.reject(refused('everything'))),
        output: (_item, result, index) => resultItem({ result }, index),
      });
    const result = await work(steps, items(1, 'bad', 3), { onError: CONTINUED });
    expect(result.output(1).map(({ error }) => error)).toEqual([
      'everything is refused',
      'bad is refused',
      'everything is refused',
    ]);
  });

  it('may become any number of items', async () => {
    const many = 200_000;
    const steps = () =>
      itemSteps<number, number>({
        prepare: ({ json: { id } }) => Number(id),
        run: together(async (all) => all),
        output: (_item, count, index) =>
          Array.from({ length: count }, (_, place) => resultItem({ place }, index)),
      });
    const result = await work(steps, items(0, many, 1));
    expect(result.output()).toHaveLength(many + 1);
    expect(result.items('Node').at(-1)?.pairedItem).toEqual({ item: 2 });
  });

  it('never get the result of another: where the work answers for too few, all fail', async () => {
    const steps = () =>
      itemSteps<number, number>({
        prepare: () => 1,
        run: together(async () => [1]),
        output: (_item, value, index) => resultItem({ value }, index),
      });
    const result = await work(steps, items(1, 2), { onError: CONTINUED });
    expect(result.output(0)).toEqual([]);
    const error = '2 items have 1 results';
    expect(result.output(1)).toMatchObject([
      { id: 1, error },
      { id: 2, error },
    ]);
  });
});

describe('several outputs', () => {
  const sorting = () =>
    itemSteps<number, number>({
      prepare: ({ json: { id } }) => {
        if (typeof id === 'number') return id;
        throw refused(id);
      },
      run: together(async (all) => all),
      route: (id) => (id > 10 ? 1 : 0),
      output: (_item, id, index) => resultItem({ id }, index),
    });

  it('each get their own, in order', async () => {
    const result = await work(sorting, items(1, 20, 3, 40), { outputs: 2 });
    expect([result.output(0), result.output(1)]).toEqual([items(1, 3), items(20, 40)]);
  });

  it.each([
    ['an item', sorting, [[{ id: 1 }], [{ error: 'bad is refused' }]]],
    [
      'the node',
      () => {
        throw refused('it');
      },
      [[], [{ error: 'it is refused' }, { error: 'it is refused' }]],
    ],
  ])('let a failure of %s out by the last, and never by the first', async (_, start, expected) => {
    const onError = 'continueRegularOutput';
    const result = await work(start, items(1, 'bad'), { outputs: 2, onError });
    expect([result.output(0), result.output(1)]).toMatchObject(expected);
  });
});

describe('an operation that asks nothing of its items', () => {
  it('is carried out once, and paired with the first', async () => {
    let count = 0;
    const steps = () => once(() => [{ count: (count += 1) }, { more: true }]);
    const result = await work(steps, items(1, 2, 3));
    expect(result.output()).toEqual([{ count: 1 }, { more: true }]);
    expect(result.items('Node').map(({ pairedItem }) => pairedItem)).toEqual([
      { item: 0 },
      { item: 0 },
    ]);
  });
});

describe('items that have nothing to do with each other', () => {
  it('are worked on at the same time, by one service that is opened once', async () => {
    let opened = 0;
    let active = 0;
    let most = 0;
    const start = eachItem(
      async () => (opened += 1),
      async (service, { item: { json }, index }): Promise<IDataObject[]> => {
        most = Math.max(most, (active += 1));
        await new Promise((resolve) => setImmediate(resolve));
        active -= 1;
        if (json.id === 'bad') throw refused(json.id);
        return [{ service, index }, { id: json.id }];
      },
    );
    const input = [...items('bad'), ...items(...Array.from({ length: 60 }, (_, id) => id))];
    const result = await work(() => doubling(), input, { start, onError: CONTINUED });
    expect([opened, most]).toEqual([1, 32]);
    expect(result.output(0)).toHaveLength(120);
    expect(result.output(0).slice(-2)).toEqual([{ service: 1, index: 60 }, { id: 59 }]);
    expect(result.output(1)).toMatchObject([{ id: 'bad' }]);
  });

  it('are not put out when the run was cancelled: its failure is no failure of an item', async () => {
    const steps = () =>
      itemSteps<number, number>({
        prepare: () => 1,
        run: eachOf(2, async () => await Promise.reject(cancelledError())),
        output: (_item, value, index) => resultItem({ value }, index),
      });
    const result = await work(steps, items(1, 2), { onError: 'continueRegularOutput' });
    expect(result.output()).not.toMatchObject([{ error: expect.anything() as unknown }]);
    expect(result.run.data.resultData.runData['Node']?.[0]?.error?.message).toMatch(/Cancelled/);
  });
});
