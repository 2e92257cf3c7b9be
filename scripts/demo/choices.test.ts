import { choicesIn } from './choices';

const names = (args: string[]): string[] => choicesIn(args).shops.map(({ platform }) => platform);

const ALL = ['xcart', 'threedcart', 'clarity'];

test('without a choice all shops are shown, and stay open', () => {
  expect(names([])).toEqual(ALL);
  expect(choicesIn([])).toMatchObject({ exit: false, tutorial: false });
});

test.each(ALL)('--store %s shows that shop alone', (store) => {
  expect(names(['--store', store])).toEqual([store]);
  expect(names([`--store=${store}`, '--exit'])).toEqual([store]);
});

test('--exit holds for all shops and for one', () => {
  expect(choicesIn(['--exit'])).toMatchObject({ exit: true, tutorial: false });
  expect(choicesIn(['--exit', '--store', 'clarity'])).toMatchObject({ exit: true });
});

test('--tutorial sets nothing up', () => {
  expect(choicesIn(['--tutorial'])).toMatchObject({ exit: false, tutorial: true });
});

test.each([
  ['a shop that does not exist', ['--store', 'xkart'], 'There is no shop "xkart".'],
  ['a shop by its written name', ['--store', 'X-Cart'], 'There is no shop "X-Cart".'],
  ['no shop', ['--store', ''], 'There is no shop "".'],
  ['an option without its value', ['--store'], '--store'],
  ['an option that does not exist', ['--exitt'], '--exitt'],
  ['a word that is no option', ['xcart'], 'xcart'],
])('%s is refused, with what can be written', (_, args, problem) => {
  const choose = () => choicesIn(args);
  expect(choose).toThrow(problem);
  expect(choose).toThrow('Write npm start -- [--exit] [--store xcart | threedcart | clarity]');
});
