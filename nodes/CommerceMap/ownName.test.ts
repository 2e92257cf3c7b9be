import { ServiceError } from '../../core/errors';
import { MappingError } from '../../core/mapping';
import { withOwnName } from './ownName';

const details = {
  class: 'validation' as const,
  fix: 'Add a row for "A" under Columns of Commerce Map, or a row for "B" under Field Overrides of Commerce Map.',
  rule: { target: 'a.b', isOwn: true },
};
const problems = [{ target: 'A', source: 'a', message: 'is no number', missing: 'x' }] as never;
const failure = { ok: false as const, error: new MappingError('no', details, problems) };

test('a repair names the node as its workflow does, and loses nothing else', () => {
  const named = withOwnName(failure, 'Orders $& "EU"');
  expect(named).toMatchObject({
    ok: false,
    error: {
      ...{ message: 'no', class: 'validation', rule: details.rule, problems },
      fix: 'Add a row for "A" under Columns of "Orders $& "EU"", or a row for "B" under Field Overrides of "Orders $& "EU"".',
    },
  });
  expect(!named.ok && named.error).toBeInstanceOf(MappingError);
});

test('a node that was not renamed, and what names no node, stay as they are', () => {
  expect(withOwnName(failure, 'Commerce Map')).toBe(failure);
  const other = { ok: false as const, error: new ServiceError('no', { class: 'validation' }) };
  expect(withOwnName(other, 'Orders')).toBe(other);
  const fine = { ok: true as const, value: {} };
  expect(withOwnName(fine, 'Orders')).toBe(fine);
});
