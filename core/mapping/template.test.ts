import { compileMapping } from './compile';
import { mapTemplate, parseTemplate, templatePaths } from './template';

test.each([
  ['X-Cart {a.b}', ['X-Cart ', { path: 'a.b' }]],
  ['{a}{b ?? c}!', [{ path: 'a' }, { path: 'b ?? c' }, '!']],
  ['{{a}} {b}', ['{a} ', { path: 'b' }]],
  ['{{{a}}}', ['{', { path: 'a' }, '}']],
  ['a } b', ['a } b']],
  ['', []],
])('%s', (template, parts) => {
  expect(parseTemplate(template)).toEqual(parts);
  const paths = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.path]));
  expect(templatePaths(template)).toEqual(paths);
  expect(mapTemplate(template, (path) => path)).toBe(template);
});

test('a brace that is not closed is refused with the row that it stands in', () => {
  const fields = [{ to: 'name', template: 'X {a' }];
  expect(() => compileMapping({ from: 'a', to: 'b', fields })).toThrow(
    'field 1 ("name"): the text "X {a" has a "{" without its "}"',
  );
});

test('several values stand with commas between', () => {
  const fields = [{ to: 'name', template: '{items[*].sku}' }];
  const mapping = compileMapping({ from: 'a', to: 'b', fields });
  expect(mapping.map({ items: [{ sku: 'A' }, { sku: 'B' }] })).toMatchObject({
    document: { name: 'A, B' },
  });
});
