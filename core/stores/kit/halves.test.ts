import { type ErrorClass, ServiceError } from '../../errors';
import type { Outcome } from '../../outcome';
import { inHalves } from './halves';

let sent: number[][];

beforeEach(() => (sent = []));

/** A service that refuses all numbers of a request for the sake of one. */
const refusing =
  (isWrong: (number: number) => boolean, errorClass: ErrorClass = 'validation') =>
  async (some: readonly number[]): Promise<Array<Outcome<number>>> => {
    sent.push([...some]);
    if (!some.some(isWrong))
      return await Promise.resolve(some.map((value) => ({ ok: true, value })));
    throw new ServiceError('Refused', { class: errorClass, fix: 'Correct it.' });
  };

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const kept = (outcomes: Array<Outcome<number>>) => outcomes.map((each) => each.ok && each.value);

test('what nobody refuses is sent once', async () => {
  expect(
    kept(
      await inHalves(
        upTo(3),
        refusing(() => false),
      ),
    ),
  ).toEqual([1, 2, 3]);
  expect(sent).toHaveLength(1);
});

test('one that is wrong is found, and all others are written, in their order', async () => {
  const outcomes = await inHalves(
    upTo(5),
    refusing((number) => number === 2),
  );
  expect(kept(outcomes)).toEqual([1, false, 3, 4, 5]);
  expect(sent).toEqual([[1, 2, 3, 4, 5], [1, 2, 3], [1, 2], [1], [2], [3], [4, 5]]);
});

test.each([
  ['here and there', [1, 20, 33, 50, 51, 66, 80, 81, 99, 100]],
  ['every third one', upTo(100).filter((number) => number % 3 === 0)],
  ['the first forty', upTo(40)],
])('all that are wrong are found: %s', async (_, wrong) => {
  const outcomes = await inHalves(
    upTo(100),
    refusing((number) => wrong.includes(number)),
  );
  const found = kept(outcomes).flatMap((each, index) => (each === false ? [index + 1] : []));
  expect(found).toEqual(wrong);
});

test('where all are wrong, it is enough after a hundred refusals, and what is still to be sent is sent once', async () => {
  const outcomes = await inHalves(
    upTo(100),
    refusing(() => true),
  );
  expect(kept(outcomes)).toEqual(Array(100).fill(false));
  expect(sent.length).toBeGreaterThanOrEqual(100);
  expect(sent.length).toBeLessThanOrEqual(100 + Math.ceil(Math.log2(100)));
});

test.each<ErrorClass>(['authentication', 'transient', 'throttled', 'configuration', 'unknown'])(
  'nothing is sent again after a failure of the class %s',
  async (errorClass) => {
    const outcomes = await inHalves(
      upTo(4),
      refusing(() => true, errorClass),
    );
    expect(outcomes).toMatchObject(Array(4).fill({ ok: false, error: { class: errorClass } }));
    expect(sent).toHaveLength(1);
  },
);
