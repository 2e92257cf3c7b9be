import type { IDataObject } from 'n8n-workflow';

import type { SingleOperation } from '../../core/odata/types';
import { useReceiver } from './dynamics-trigger-hooks';
import { useTrigger } from './dynamics-trigger-rig';

/** A thousand events of which webhooks lose, double and reorder some: by both ways none is missed, and none comes twice. */

const rig = useTrigger();
const receiver = useReceiver();

const ROWS = 300;
const ROUNDS = 4;
const idOf = (row: number): string => `7b000000-0000-4000-8000-${String(row).padStart(12, '0')}`;
const nameOf = (row: number, version: number): string => `Row ${row}, version ${version}`;

/** What is done to a row in a round; of 300 rows in 4 rounds a thousand events. */
function eventOf(row: number, round: number): SingleOperation | undefined {
  const path = `accounts(${idOf(row)})`;
  if (round === 0) {
    return {
      method: 'POST',
      path: 'accounts',
      body: { accountid: idOf(row), name: nameOf(row, 0) },
    };
  }
  if (round === 3) return row < 100 ? { method: 'DELETE', path } : undefined;
  return {
    method: 'PATCH',
    path,
    body: { name: nameOf(row, round) },
    headers: { 'if-match': '*' },
  };
}

it('misses none of 1,000 events and doubles none, by webhook and change tracking together', async () => {
  const { sandbox } = rig.dynamics;
  const trigger = rig.start(
    {
      triggerOn: 'account',
      receiveBy: 'both',
      events: ['row.created', 'row.changed', 'row.deleted'],
      watchedColumns: ['name'],
    },
    { webhookBaseUrl: receiver.baseUrl, followedBy: undefined },
  );
  receiver.handTo(trigger);
  await trigger.hook('checkExists');
  await trigger.hook('create');
  await trigger.poll();
  sandbox.context.faults.configure({
    seed: 7,
    webhooks: { duplicate: 0.1, lose: 0.05, shuffle: true },
  });
  const items: IDataObject[] = [];
  let events = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const operations = Array.from({ length: ROWS }, (_, row) => eventOf(row, round)).filter(
      (operation) => operation !== undefined,
    );
    events += operations.length;
    const outcomes = await rig.people.batch(operations);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    await sandbox.services.dataverse.webhooks.idle();
    items.push(...receiver.taken(), ...((await trigger.poll()) ?? []));
  }
  expect(events).toBe(1000);
  const told = items.map((item) =>
    item['name'] === undefined ? `${String(item['accountid'])} gone` : String(item['name']),
  );
  const wanted = Array.from({ length: ROWS }, (_, row) => [
    ...[0, 1, 2].map((version) => nameOf(row, version)),
    ...(row < 100 ? [`${idOf(row)} gone`] : []),
  ]).flat();
  expect([...told].sort()).toEqual([...wanted].sort());
  const lost = sandbox.services.dataverse.webhooks.deliveries();
  expect(lost.filter(({ status }) => status === 'lost').length).toBeGreaterThan(20);
  expect(lost.filter(({ duplicate }) => duplicate).length).toBeGreaterThan(50);
  await trigger.hook('delete');
}, 120_000);
