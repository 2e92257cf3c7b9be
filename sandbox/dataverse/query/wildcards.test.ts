import fc from 'fast-check';
import { like } from './wildcards';

/** The same pattern as an ordinary regular expression: right, but only fast on short texts. */
function expressionOf(pattern: string): RegExp {
  const source = pattern.replace(/%|_|\[(?!\^?\])[^\]]+\]|[^]/g, (part) => {
    if (part === '%') return '[^]*';
    if (part === '_') return '[^]';
    return part.length > 1 ? part : part.replace(/[[\]^$.*+?()|{}\\/-]/, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

const alphabet = fc.constantFrom('a', 'b', 'c', '.', '+', ']', '^');
const text = fc.string({ unit: alphabet, maxLength: 12 });
const pattern = fc.string({
  unit: fc.oneof(alphabet, fc.constantFrom('%', '_', '[', '[ab]', '[^ab]', '[a-b]', '[^b-c]')),
  maxLength: 10,
});

test('finds what an ordinary expression finds', () => {
  fc.assert(
    fc.property(pattern, text, (wanted, given) => {
      expect([wanted, like(wanted)(given)]).toEqual([wanted, expressionOf(wanted).test(given)]);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['[]', '[]', true],
  ['[^]', '[^]', true],
  ['[^^a]', '^', false],
  ['[^^a]', 'b', true],
  ['[a-]', '-', true],
  ['[-a]', '-', true],
  ['[z-a]', 'm', false],
  ['100[%]', '100%', true],
  ['100[%]', '1000', false],
  ['[', '[', true],
  ['%', '', true],
  ['_', '', false],
])('%s matches %j: %s', (wanted, given, expected) => {
  expect(like(wanted)(given)).toBe(expected);
});
