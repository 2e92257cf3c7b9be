import { EXPECTED } from './orders';
import { exitCode, figures, type Summary } from './report';

const sound: Summary = { ...EXPECTED };

test('the exit code is 0 where all came about in every shop', () => {
  expect(exitCode([sound])).toBe(0);
  expect(exitCode([sound, sound, sound])).toBe(0);
});

describe.each(Object.keys(EXPECTED) as Array<keyof Summary>)('%s', (figure) => {
  test.each([1, -1])('that differs by %d in one of the shops makes the exit code 1', (by) => {
    const other = { ...sound, [figure]: sound[figure] + by };
    expect(exitCode([other])).toBe(1);
    expect(exitCode([sound, sound, other])).toBe(1);
  });
});

test('what programs read has the sums of all shops and a part for each', () => {
  const bad = { ...sound, lost: 2, created: sound.created - 2 };
  const shops = [{ platform: 'xcart' }, { platform: 'clarity' }] as const;
  expect(figures(shops, [sound, bad], 41.5)).toEqual({
    ...sound,
    placed: 50,
    created: 2 * sound.created - 2,
    updated: 2,
    lost: 2,
    deadLetters: 2 * sound.deadLetters,
    held: 2 * sound.held,
    canceled: 2,
    refunded: 2,
    seconds: 41.5,
    shops: { xcart: sound, clarity: bad },
  });
});

test('of one shop alone its figures are the sums', () => {
  expect(figures([{ platform: 'threedcart' }], [sound], 20)).toEqual({
    ...sound,
    seconds: 20,
    shops: { threedcart: sound },
  });
});
