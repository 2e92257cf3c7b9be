import type { IDataObject } from 'n8n-workflow';

import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import type { NodeRun } from '../engine';
import { ledger, useOwnLedger } from '../support/ledger';
import { writeNode } from './claimedWrites';
import { dataverseClient } from './dataverse-on-sandbox';

/** A person tries the way of an order in the editor, on the sandbox, while the published workflow does its work. */

const CONTACT = '7b1f9a06-0000-5000-8000-0000000000b1';
const TARGET = { targetSystem: 'dataverse', targetTable: 'contact', targetIdField: 'result.id' };
const BY_HAND = 'manual';

useOwnLedger();

describe('a test run on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => sandbox.reset());

  type Mode = typeof BY_HAND | undefined;

  const claim = async (id: string, customer: object, mode: Mode): Promise<NodeRun> => {
    const source = { platform: 'xcart', store: 'main', kind: 'order', id, event: 'poll' };
    const document = { customer: { contactid: CONTACT, ...customer }, placed: id, source };
    return await ledger('claim', [document], {}, { mode });
  };

  const write = async (items: IDataObject[], operation: string, mode: Mode): Promise<NodeRun> => {
    const options = { outputField: 'result' };
    const row = { __rl: true, mode: 'id', value: CONTACT };
    const columns = operation === 'get' ? { row } : {};
    const parameters = { resource: 'contact', operation, columnsField: 'customer', options };
    return await writeNode(sandbox, { ...parameters, ...columns }, items, mode);
  };

  async function send(id: string, customer: object, mode?: Mode): Promise<NodeRun> {
    const claimed = (await claim(id, customer, mode)).output(0);
    const written = await write(claimed, 'upsert', mode);
    return await ledger('complete', written.output(0), TARGET, { mode });
  }

  const stored = () => sandbox.services.dataverse.rows('contacts') as IDataObject[];
  const states = ({ output }: NodeRun) =>
    output().map((item) => (item.ledger as IDataObject).state);

  test('writes, and is remembered: what a person corrects since stays, and nothing is sent twice', async () => {
    const ada = { lastname: 'Byron', telephone1: '100' };
    expect(states(await send('1', ada, BY_HAND))).toEqual(['done']);
    await dataverseClient(sandbox).update('contacts', CONTACT, { telephone1: '200' });
    expect(states(await send('2', { ...ada, lastname: 'King' }, BY_HAND))).toEqual(['done']);
    expect(stored()).toMatchObject([{ lastname: 'King', telephone1: '200' }]);
    const published = await claim('1', ada, undefined);
    expect(published.output(1)).toMatchObject([{ claim: { outcome: 'unchanged' } }]);
  });

  test('takes nothing from the published workflow by looking, reading, or being refused beforehand', async () => {
    const ada = { lastname: 'Byron' };
    await send('0', ada);
    const looked = (await claim('1', ada, BY_HAND)).output(0);
    expect((await write(looked, 'get', BY_HAND)).output(0)).toHaveLength(1);
    const broken = looked.map((item) => ({ ...item, customer: { birthdate: 'no date' } }));
    const { output } = await write(broken, 'upsert', BY_HAND);
    expect(output(1)).toMatchObject([{ details: { class: 'validation' } }]);
    expect(states(await ledger('fail', output(1), {}, { mode: BY_HAND }))).toEqual(['not-taken']);
    expect(states(await send('1', { lastname: 'King' }))).toEqual(['done']);
    const late = await write(looked, 'upsert', BY_HAND);
    expect(late.output(1)).toMatchObject([{ details: { code: 'CLAIM_LOST' } }]);
    expect(stored()).toMatchObject([{ lastname: 'King' }]);
  });
});
