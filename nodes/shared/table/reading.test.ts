import { readOptions } from './reading';

test.each([
  ['name, total', ['name', 'total']],
  [
    ['name', 'total'],
    ['name', 'total'],
  ],
  ['  ', undefined],
  [undefined, undefined],
])('the columns of %j are %j', (select, expected) => {
  expect(readOptions({ select: select as string }).select).toEqual(expected);
});
