import { type AlikeContents, isMadeOf, withOwnWrite } from './ownWrites';

const made = (known: AlikeContents[], before: string, after: string): boolean =>
  isMadeOf(
    known,
    (hash) => hash === before,
    (hash) => hash === after,
  );

describe('what own writes have made of a content', () => {
  test('stands behind it, and what stood there before is none of it', () => {
    const known = [withOwnWrite([withOwnWrite([], 'a', 'b')], 'b', 'c')];
    expect(known).toEqual([['a', 'b', 'c']]);
    expect(made(known, 'a', 'c')).toBe(true);
    expect(made(known, 'b', 'a')).toBe(false);
    expect(made(known, 'c', 'b')).toBe(false);
  });

  test('is what was written last, where it stood there before', () => {
    const known = [withOwnWrite([['a', 'b']], 'b', 'a')];
    expect(made(known, 'b', 'a')).toBe(true);
    expect(made(known, 'a', 'b')).toBe(false);
    expect(made([withOwnWrite(known, 'a', 'b')], 'a', 'b')).toBe(true);
  });

  test('is the content itself where the hash leaves out what was written', () => {
    const once = withOwnWrite([], 'a', 'a');
    expect(made([once], 'a', 'a')).toBe(true);
    expect(withOwnWrite([once], 'a', 'a')).toEqual(once);
  });
});
