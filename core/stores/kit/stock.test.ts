/** A made-up store that takes many stock levels in one request, may owe pieces, and names its goods by code. */
import { ServiceError } from '../../errors';
import type { Outcome } from '../../outcome';
import { type StockContract, type StockWrite, writeStock } from './stock';

interface Target {
  code: string;
}

const stock = new Map<string, number>();
const sent: Array<Array<StockWrite<Target>>> = [];
let answer: (writes: Array<StockWrite<Target>>) => Array<Outcome<unknown>>;
let asked: string[][];

const store: StockContract<Target> = {
  keyOf: ({ code }) => code,
  find: async (skus) => {
    asked.push([...skus]);
    return new Map(
      [...skus].flatMap((sku) => {
        const before = stock.get(sku);
        return before === undefined
          ? []
          : [[sku, { ok: true, value: { target: { code: `#${sku}` }, before } }]];
      }),
    );
  },
  write: {
    most: 2,
    many: async (writes) => {
      sent.push(writes);
      return answer(writes);
    },
  },
  amounts: { areValid: Number.isInteger, words: 'a whole number', fix: 'Round it.' },
  notFound: 'Look for it.',
};

beforeEach(() => {
  stock.clear();
  ['A', 'B', 'C', 'D', 'E'].forEach((sku) => stock.set(sku, 1));
  sent.length = 0;
  asked = [];
  answer = (writes) => writes.map(() => ({ ok: true, value: undefined }));
});

const levels = (text: string) =>
  text.split(' ').map((part) => {
    const [sku = '', amount] = part.split('=');
    return { sku, amount: Number(amount) };
  });

const said = (outcomes: Awaited<ReturnType<typeof writeStock<Target>>>): string[] =>
  outcomes.map((each) => (each.ok ? each.value.outcome : each.error.message));

it('sends what differs, so many at once as the store takes', async () => {
  const outcomes = await writeStock(store, levels('A=5 B=1 C=-3 D=7 E=9'));
  expect(said(outcomes)).toEqual(['updated', 'unchanged', 'updated', 'updated', 'updated']);
  expect(outcomes[2]).toEqual({
    ok: true,
    value: { sku: 'C', code: '#C', before: 1, amount: -3, outcome: 'updated' },
  });
  expect(sent.map((writes) => writes.map(({ target }) => target.code))).toEqual([
    ['#A', '#C'],
    ['#D', '#E'],
  ]);
});

it('lets a failure inside a batch be that of one level', async () => {
  const error = new ServiceError('locked', { class: 'conflict' });
  answer = (writes) =>
    writes.map(({ target }) =>
      target.code === '#A' ? { ok: false, error } : { ok: true, value: 1 },
    );
  expect(said(await writeStock(store, levels('A=5 B=5 C=5')))).toEqual([
    'locked',
    'updated',
    'updated',
  ]);
});

it('believes of a batch only what its answer says', async () => {
  answer = () => [{ ok: true, value: 1 }];
  expect(said(await writeStock(store, levels('A=5 B=5')))).toEqual([
    'updated',
    'The store did not say whether it wrote this stock level',
  ]);
  answer = () => {
    throw new ServiceError('no answer', { class: 'transient' });
  };
  expect(said(await writeStock(store, levels('A=5 B=5')))).toEqual(['no answer', 'no answer']);
});

it('asks nothing about what cannot be written, and writes a SKU that comes twice once', async () => {
  const outcomes = await writeStock(store, [
    ...levels('A=5 A=5 B=1.5 C=2 C=3 Z=1'),
    { sku: '', amount: 3, target: { code: '#K' } },
    { sku: ' ', amount: 3 },
  ]);
  expect(said(outcomes)).toEqual([
    'updated',
    'updated',
    'The quantity of B is not a whole number',
    'C is given more than once, with different quantities',
    'C is given more than once, with different quantities',
    'The store has no product with the SKU Z',
    'updated',
    'The SKU is empty',
  ]);
  expect(asked).toEqual([['A', 'Z']]);
  expect(sent.flat()).toHaveLength(2);
});

it('looks for nothing where all is known', async () => {
  await writeStock(store, [{ sku: 'A', amount: 3, target: { code: '#A' } }]);
  expect(asked).toEqual([]);
});

it('does not guess which quantity is meant where a thing is named in two ways', async () => {
  const outcomes = await writeStock(store, [
    ...levels('A=5 B=6'),
    { sku: 'A', amount: 7, target: { code: '#A' } },
    { sku: 'B', amount: 6, target: { code: '#B' } },
  ]);
  expect(said(outcomes)).toEqual([
    'A is given more than once, with different quantities',
    'updated',
    'A is given more than once, with different quantities',
    'updated',
  ]);
  expect(sent.flat()).toHaveLength(1);
});
