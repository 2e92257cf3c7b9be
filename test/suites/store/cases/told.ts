import type { IDataObject } from 'n8n-workflow';

import type { RunNode } from '../../../engine';
import { ledger, useOwnLedger } from '../../../support/ledger';
import { drain, idsOf, sent } from '../items';
import { MINUTE, type Rig } from '../rig';
import type { Parameters, ToldOrders } from '../service';
import { delivering } from './delivering';

/** An order is told what has become of it elsewhere: once, against what a person has changed in it, and without an echo. */
export function describeTold(rig: Rig): void {
  const { told } = rig.service.operations;
  if (told) describeTelling(rig, told);
}

const withRule = (parameters: Parameters, whenBothChanged: string): Parameters => ({
  ...parameters,
  options: { whenBothChanged },
});

function describeTelling(rig: Rig, told: ToldOrders): void {
  const { webhook } = rig.service;
  const { codes, setStatus, addShipment, statusOf, moneyOf } = told;

  /** A row of another system whose change is on its way to the order. */
  async function claimed(id: string, change: number, more: IDataObject = {}): Promise<IDataObject> {
    const source = { platform: 'dataverse', store: 'org', kind: 'salesorder', id: `row-${id}` };
    const item = { change, source: { ...source, event: 'salesorder.changed', ...more } };
    const [one] = (await ledger('claim', [item])).output(0);
    if (!one) throw new Error('The ledger let nothing through');
    return one;
  }

  async function tell(item: IDataObject, parameters: Parameters): Promise<IDataObject> {
    const done = await rig.run(parameters, [item], { onError: 'continueRegularOutput' });
    const [output = {}] = done.output();
    if (output['error'] === undefined)
      await ledger('complete', [{ ...item, salesorder: { id: 'x' } }]);
    return output;
  }

  const writes = (): number => rig.gateway.asked.filter(({ method }) => method !== 'GET').length;
  const order = async (id: string): Promise<IDataObject> =>
    (await rig.run(rig.service.operations.getOrder(id), [{}])).output()[0] ?? {};
  const standing = async (id: string): Promise<string> => statusOf(await order(id));
  /** As staff set it: no claim, and nothing is noted. */
  const byPerson = async (id: string, code: string): Promise<void> => {
    expect((await rig.run(setStatus(id, code), [{}])).error).toBeUndefined();
  };

  describe('what an order is told', () => {
    useOwnLedger();

    const tellings: Array<[string, (id: string) => Parameters]> = [
      ['a status', (id) => setStatus(id, codes.sent)],
      ...(addShipment
        ? [
            ['a shipment', (id: string) => addShipment(id, '1Z1', codes.sent)] as [
              string,
              (id: string) => Parameters,
            ],
          ]
        : []),
    ];

    test.each(tellings)('is written once and comes back as nothing: %s', async (_name, wish) => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      expect(idsOf(await sent(await trigger.poll()))).toEqual([id]);
      await tell(await claimed(id, 1), wish(id));
      expect(await standing(id)).toBe(codes.sent);
      rig.pass(MINUTE);
      if (webhook) {
        const deliver = delivering(webhook, rig.followed.kind);
        expect(await sent((await deliver(trigger, { id, event: 'changed' })).items)).toEqual([]);
      }
      expect(await sent(await drain(trigger))).toEqual([]);
      const before = writes();
      expect(await tell(await claimed(id, 2), wish(id))).toMatchObject({ outcome: 'unchanged' });
      expect(writes()).toBe(before);
      await rig.shop.change(id);
      expect(idsOf(await sent(await drain(trigger)))).toEqual([id]);
    });

    test('of money is noted once and comes back as nothing', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const ids = await rig.shop.place(moneyOf('').length);
      expect(new Set(idsOf(await sent(await trigger.poll())))).toEqual(new Set(ids));
      for (const [place, id] of ids.entries()) {
        const [what, wish] = moneyOf(id)[place] ?? ['', {}];
        const noted = await tell(await claimed(id, 1), wish as Parameters);
        expect({ what, ...noted }).not.toHaveProperty('error');
        rig.pass(MINUTE);
        if (webhook) {
          const deliver = delivering(webhook, rig.followed.kind);
          expect(await sent((await deliver(trigger, { id, event: 'changed' })).items)).toEqual([]);
        }
        expect(await sent(await drain(trigger))).toEqual([]);
        const before = writes();
        const again = await tell(await claimed(id, 2), wish as Parameters);
        expect({ what, ...again }).toMatchObject({ outcome: 'unchanged' });
        expect(writes()).toBe(before);
      }
      await rig.shop.change(ids[0] as string);
      expect(idsOf(await sent(await drain(trigger)))).toEqual([ids[0]]);
    });

    test('comes back as a change where a person sets it to exactly what it was', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      await sent(await trigger.poll());
      const before = await standing(id);
      await tell(await claimed(id, 1), setStatus(id, codes.sent));
      rig.pass(MINUTE);
      expect(await sent(await drain(trigger))).toEqual([]);
      await byPerson(id, before);
      rig.pass(MINUTE);
      expect(idsOf(await sent(await drain(trigger)))).toEqual([id]);
    });

    test('stays as a person has set it back, where the source says the same again', async () => {
      const [id = ''] = await rig.shop.place(1);
      await tell(await claimed(id, 1), setStatus(id, codes.sent));
      await byPerson(id, codes.person);
      const again = await tell(await claimed(id, 2), setStatus(id, codes.sent));
      expect(again).toMatchObject({
        outcome: 'unchanged',
        decisions: [{ kept: 'target', conflict: false }],
        notes: [{ message: expect.stringMatching(/^kept as it was changed in /) as string }],
      });
      expect(await standing(id)).toBe(codes.person);
    });

    test('is tried again where the first attempt never arrived', async () => {
      const [id = ''] = await rig.shop.place(1);
      rig.gateway.before = ({ method }) =>
        method === 'GET' ? undefined : { status: 400, body: '' };
      const failed = await tell(await claimed(id, 1), setStatus(id, codes.sent));
      expect(failed).toHaveProperty('error');
      rig.gateway.reset();
      await tell(await claimed(id, 2, { id: 'invoice' }), setStatus(id, codes.sent));
      expect(await standing(id)).toBe(codes.sent);
    });

    test('is the newest word where items of one run say different things of one order', async () => {
      const [id = ''] = await rig.shop.place(1);
      const said = async (row: string, code: string, version: string): Promise<IDataObject> => ({
        ...(await claimed(id, 1, { id: row, version })),
        code,
      });
      const items = [
        await said('later', codes.sent, '2026-01-01T00:00:02Z'),
        await said('earlier', codes.person, '2026-01-01T00:00:01Z'),
      ];
      const done = await rig.run(setStatus(id, '={{ $json.code }}'), items);
      expect(done.error).toBeUndefined();
      expect(done.output()).toMatchObject([
        { outcome: 'updated' },
        { outcome: 'unchanged', notes: [{ message: expect.stringContaining('newer') as string }] },
      ]);
      expect(await standing(id)).toBe(codes.sent);
    });

    test('of two parcels is done for both, and of a third one for that alone', async () => {
      if (!addShipment) return;
      const [id = ''] = await rig.shop.place(1);
      const wish = addShipment(id, '1Z1,1Z2', codes.sent);
      expect(await tell(await claimed(id, 1), wish)).not.toHaveProperty('error');
      expect(await standing(id)).toBe(codes.sent);
      expect(await tell(await claimed(id, 2), wish)).toMatchObject({ outcome: 'unchanged' });
      const before = writes();
      const more = addShipment(id, '1Z1,1Z2,1Z3', codes.sent);
      expect(await tell(await claimed(id, 3), more)).not.toHaveProperty('error');
      expect(writes()).toBeLessThanOrEqual(before + 1);
    });

    const looks: Array<[string, IDataObject, Partial<RunNode>]> = [
      ['a dry run', { dryRun: true }, {}],
      ['a test run', {}, { mode: 'manual' }],
    ];
    test.each(looks)('goes by the rule in %s too', async (_name, parameters, mode) => {
      const [id = ''] = await rig.shop.place(1);
      await tell(await claimed(id, 1), setStatus(id, codes.sent));
      await byPerson(id, codes.person);
      const before = writes();
      const source = { platform: 'dataverse', store: 'org', kind: 'salesorder', id: `row-${id}` };
      const looked = await ledger('claim', [{ change: 2, source }], parameters as Parameters, mode);
      const wish = withRule(setStatus(id, codes.next), 'target');
      const done = await rig.run(wish, looked.output(0), mode);
      expect(done.output()).toMatchObject([
        { outcome: 'unchanged', decisions: [{ kept: 'target', conflict: true }] },
      ]);
      expect(writes()).toBe(before);
    });

    const rules: Array<[string, string, IDataObject]> = [
      ['source', 'next', {}],
      ['target', 'person', {}],
      ['newest', 'person', { version: '2001-01-01T00:00:00Z' }],
      ['newest', 'next', { version: '2199-01-01T00:00:00Z' }],
      ['target', 'next', { conflicts: 'source' }],
    ];
    test.each(rules)(
      'that both sides have changed goes by the rule %s: %s (%j)',
      async (rule, winner, { conflicts, ...source }) => {
        const [id = ''] = await rig.shop.place(1);
        await tell(await claimed(id, 1), setStatus(id, codes.sent));
        await byPerson(id, codes.person);
        const { source: of, ...claim } = await claimed(id, 2, source);
        // As Claim puts out what a person has requeued with it.
        const item = {
          ...claim,
          source: { ...(of as IDataObject), ...(conflicts && { conflicts }) },
        };
        const output = await tell(item, withRule(setStatus(id, codes.next), rule));
        expect(output).toMatchObject({
          outcome: winner === 'next' ? 'updated' : 'unchanged',
          decisions: [{ kept: winner === 'next' ? 'source' : 'target', conflict: true }],
        });
        expect(await standing(id)).toBe(codes[winner as 'next' | 'person']);
      },
    );

    test('that both sides have changed is held for a person to decide', async () => {
      const [id = ''] = await rig.shop.place(1);
      await tell(await claimed(id, 1), setStatus(id, codes.sent));
      await byPerson(id, codes.person);
      const before = writes();
      const item = await claimed(id, 2);
      const output = await tell(item, withRule(setStatus(id, codes.next), 'hold'));
      expect(output).toMatchObject({ details: { class: 'held', code: 'CONFLICT' } });
      for (const said of [codes.sent, codes.person, codes.next])
        expect(output['error']).toContain(`"${said}"`);
      expect(writes()).toBe(before);
    });
  });
}
