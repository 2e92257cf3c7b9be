import type { INodeType } from 'n8n-workflow';

import { runNode } from '../../../test/engine';
import { ledger, order, useOwnLedger } from '../../../test/support/ledger';
import { withResult } from '../input';
import { run } from '../run';
import { type ItemSteps, itemSteps } from '../steps';
import { allOrNothing } from './allOrNothing';

useOwnLedger();

class Writes implements INodeType {
  description: INodeType['description'] = {
    displayName: 'Writes',
    name: 'writes',
    group: ['transform'],
    version: 1,
    description: 'Writes',
    defaults: { name: 'Writes' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
  };

  execute: INodeType['execute'];

  constructor(written: unknown[]) {
    const steps: ItemSteps<unknown, object> = {
      prepare: ({ json }) => json,
      run: async (work) => {
        written.push(...work);
        return work.map(() => ({ ok: true, value: {} }));
      },
      output: (item, _, index) => withResult(item, 'row', { id: 'g' }, index),
    };
    this.execute = async function () {
      return await run(this, {
        name: 'Write',
        value: 'write',
        action: 'Write',
        description: 'Write',
        properties: [],
        start: () => itemSteps(allOrNothing(steps, [...this.getInputData().keys()])),
      });
    };
  }
}

test('writes no item where another run has taken over the record of one', async () => {
  const claim = async (id: string) => (await ledger('claim', [order(id)])).output(0);
  const items = [...(await claim('1')), ...(await claim('2')), ...(await claim('3'))];
  const late = items[1]?.['claim'] as object;
  items[1] = { ...items[1], claim: { ...late, token: 'gone' } };
  const written: unknown[] = [];
  const ran = await runNode({
    nodeType: new Writes(written),
    parameters: {},
    input: items,
    onError: 'continueRegularOutput',
  });
  expect(written).toEqual([]);
  const others = {
    error: 'Nothing was written, because item 2 failed: Its record has been taken by another run',
  };
  expect(ran.output()).toMatchObject([others, { details: { code: 'CLAIM_LOST' } }, others]);
});
