import { deleteOperation, getOperation } from '../../../../core/odata/operations';
import type { BatchOutcome } from '../../../../core/odata/types';
import { numbered, type Rig } from '../rig';

export const classes = (outcomes: BatchOutcome[]): string[] =>
  outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.class));

/** Many operations in few requests, each answered in its place. */
export function describeBatches(rig: Rig): void {
  const { table } = rig.subject;
  const { set, text, number } = table;
  const tooLong = () => rig.row('x'.repeat(text.longest + 1));

  describe('a batch', () => {
    it('without operations asks nothing', async () => {
      expect(await rig.client.batch([])).toEqual([]);
      expect(rig.asked).toEqual([]);
    });

    it('answers each operation in its place', async () => {
      const keys = [];
      for (let index = 0; index < 3; index += 1) {
        keys.push(table.primaryKey(await rig.make(rig.row(numbered(index)))));
      }
      const [first = '', second = '', third = ''] = keys;
      const outcomes = await rig.client.batch([
        getOperation(rig.service, set, third),
        rig.updating(second, { [number]: 9 }),
        deleteOperation(rig.service, set, third),
        getOperation(rig.service, set, first),
        getOperation(rig.service, set, second),
      ]);
      expect(classes(outcomes)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
      const bodies = outcomes.map((outcome) => outcome.ok && outcome.value.body);
      expect(bodies[0]).toMatchObject(rig.row(numbered(2)));
      expect(bodies[3]).toMatchObject(rig.row(numbered(0)));
      expect(bodies[4]).toMatchObject(rig.row(numbered(1), 9));
      expect(await rig.texts()).toEqual([numbered(0), numbered(1)]);
    });

    it('fails for the operation alone that is wrong, and for its own reason', async () => {
      const outcomes = await rig.client.batch([
        rig.creating(rig.row('first')),
        rig.creating(tooLong()),
        rig.updating(table.unusedKey(), rig.row('gone')),
        rig.creating({ nosuchcolumn: 1 }),
        rig.creating(rig.row('last')),
      ]);
      expect(classes(outcomes)).toEqual(['ok', 'validation', 'not-found', 'validation', 'ok']);
      expect(await rig.texts()).toEqual(['first', 'last']);
    });

    it('holds no more operations than the service takes, and answers all in order', async () => {
      const batchSize = Math.min(4, rig.service.limits.operations);
      const count = 5 * batchSize + 1;
      const operations = Array.from({ length: count }, (_, index) =>
        rig.creating({ ...rig.row(numbered(index)), ...(index === 7 ? tooLong() : {}) }),
      );
      const outcomes = await rig.client.batch(operations, { batchSize, lanes: 2 });
      expect(classes(outcomes)).toEqual(
        operations.map((_, index) => (index === 7 ? 'validation' : 'ok')),
      );
      expect(Math.max(...rig.batchSizes())).toBeLessThanOrEqual(batchSize);
      expect(rig.batchSizes().reduce((sum, size) => sum + size, 0)).toBe(count);
      const rest = operations.map((_, index) => numbered(index)).filter((_, index) => index !== 7);
      expect(await rig.texts()).toEqual(rest);
    });

    it('refuses an operation that no batch can carry, and carries the others', async () => {
      const creating = rig.creating(rig.row('made'));
      const outcomes = await rig.client.batch([
        { method: 'GET', path: `${set}\r\nX-Injected: 1` },
        { method: 'GET', path: 'x'.repeat(rig.service.limits.urlInBatch + 1) },
        { ...creating, headers: { prefer: 'a\r\nb: c' } },
        creating,
      ]);
      expect(classes(outcomes)).toEqual(['validation', 'validation', 'validation', 'ok']);
      expect(rig.batchSizes()).toEqual([1]);
      expect(await rig.texts()).toEqual(['made']);
    });

    it('carries text as it is: line breaks, boundaries and all', async () => {
      const texts = ['a\r\n--batch_1--\r\nb', '--changeset', 'GET / HTTP/1.1', '🙂'.repeat(9)];
      const outcomes = await rig.client.batch(texts.map((each) => rig.creating(rig.row(each))));
      expect(classes(outcomes)).toEqual(texts.map(() => 'ok'));
      expect(await rig.texts()).toEqual(texts.toSorted());
    });
  });
}
