import { reportClaimed, reportUnclaimed, takeUnclaimed } from './unclaimed';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

test('a run whose claim failed is looked back for once, when it tries no more', () => {
  reportUnclaimed('once', '1', 0);
  reportUnclaimed('once', '1', 25 * SECOND);
  expect(takeUnclaimed('once', 50 * SECOND)).toBeUndefined();
  expect(takeUnclaimed('other', 60 * SECOND)).toBeUndefined();
  expect(takeUnclaimed('once', 60 * SECOND)).toBe(0);
  expect(takeUnclaimed('once', 61 * SECOND)).toBeUndefined();
});

test('a run that got its claim in the end is not looked back for, others are', () => {
  reportUnclaimed('mixed', '1', 0);
  reportUnclaimed('mixed', '2', SECOND);
  reportClaimed('mixed', '1');
  expect(takeUnclaimed('mixed', MINUTE)).toBe(SECOND);
  reportUnclaimed('mixed', '3', 2 * MINUTE);
  reportClaimed('mixed', '3');
  expect(takeUnclaimed('mixed', 9 * MINUTE)).toBeUndefined();
});

test('while it goes on the looks become rarer, and after a success not', () => {
  const looks: number[] = [];
  for (let minute = 0; minute < 60; minute += 1) {
    reportUnclaimed('on', `run ${minute}`, minute * MINUTE);
    if (takeUnclaimed('on', minute * MINUTE + 45 * SECOND) !== undefined) looks.push(minute);
  }
  expect(looks).toEqual([0, 1, 3, 7, 15, 30, 45]);
  reportClaimed('on', 'another');
  reportUnclaimed('on', 'next', 61 * MINUTE);
  expect(takeUnclaimed('on', 62 * MINUTE)).toBeDefined();
});
