import fc from 'fast-check';

import { type Columns, type Equality, mergeColumns, type MergeOptions, sentOf } from './threeWay';

const equality: Equality = {
  stands: (column, value, stored) => (stored[column] ?? null) === value,
  wasSent: (_column, kept, value) => kept === value,
};

const options = (
  rule: MergeOptions['conflicts']['rule'],
  more: Partial<MergeOptions> = {},
): MergeOptions => ({ equality, conflicts: { rule }, ...more });

const merge = (
  wanted: Columns,
  stored: Columns,
  base: Columns | undefined,
  how = options('source'),
) => mergeColumns(wanted, stored, sentOf(base && { confirmed: base, attempts: [] }), how);

/** A row of four columns with few values, so that equal ones are frequent. */
const columns = ['a', 'b', 'c', 'd'] as const;
const row = fc.record(
  Object.fromEntries(columns.map((column) => [column, fc.integer({ min: 0, max: 2 })])),
) as fc.Arbitrary<Record<(typeof columns)[number], number>>;

test('without a memory the stored row becomes the wanted one', () => {
  fc.assert(
    fc.property(row, row, (wanted, stored) => {
      const { changes, decisions } = merge(wanted, stored, undefined);
      expect({ ...stored, ...changes }).toEqual(wanted);
      expect(decisions).toEqual([]);
    }),
  );
});

test('where nobody has touched the target, it becomes what the source says', () => {
  fc.assert(
    fc.property(row, row, (wanted, base) => {
      expect({ ...base, ...merge(wanted, base, base).changes }).toEqual(wanted);
    }),
  );
});

test('where the source has changed nothing, the target stays', () => {
  fc.assert(
    fc.property(row, row, (base, stored) => {
      expect(merge(base, stored, base).changes).toEqual({});
    }),
  );
});

test('each column is the work of whoever changed it, and of the winner where both did', () => {
  fc.assert(
    fc.property(
      row,
      row,
      row,
      fc.constantFrom('source', 'target'),
      (wanted, stored, base, rule) => {
        const { changes, decisions } = merge(wanted, stored, base, options(rule));
        const after = { ...stored, ...changes };
        for (const column of columns) {
          const bySource = wanted[column] !== base[column];
          const byPerson = stored[column] !== base[column];
          const winner = bySource && (!byPerson || rule === 'source') ? wanted : stored;
          expect(after[column]).toBe(winner[column]);
        }
        const fought = decisions.filter(({ conflict }) => conflict).map(({ field }) => field);
        expect(fought).toEqual(
          columns.filter(
            (column) =>
              wanted[column] !== base[column] &&
              stored[column] !== base[column] &&
              stored[column] !== wanted[column],
          ),
        );
      },
    ),
  );
});

test('what was decided once stays decided', () => {
  fc.assert(
    fc.property(
      row,
      row,
      row,
      fc.constantFrom('source', 'target'),
      (wanted, stored, base, rule) => {
        const after = { ...stored, ...merge(wanted, stored, base, options(rule)).changes };
        expect(merge(wanted, after, wanted, options(rule)).changes).toEqual({});
      },
    ),
  );
});

test('what was tried and never confirmed is no work of a person', () => {
  const sent = sentOf({ confirmed: { a: 1 }, attempts: [{ a: 2 }] });
  expect(mergeColumns({ a: 1 }, { a: 2 }, sent, options('target')).changes).toEqual({ a: 1 });
  expect(mergeColumns({ a: 1 }, { a: 3 }, sent, options('source')).changes).toEqual({});
});

test('a column that was never sent is empty, and what stands there a person has entered', () => {
  expect(merge({ a: 1 }, { a: null }, {}).changes).toEqual({ a: 1 });
  expect(merge({ a: 1 }, { a: 2 }, {}, options('target')).changes).toEqual({});
});

test('holds what a person is to decide, and follows the rule of the column', () => {
  const how: MergeOptions = {
    equality,
    conflicts: { rule: 'hold', columns: { b: 'target', note: 'source', d: 'newest' } },
    isSourceNewer: () => false,
    fieldOf: (column) => `row.${column}`,
    ruleNames: (column) => (column === 'c' ? [column, 'note'] : [column]),
  };
  const [base, stored, wanted] = [0, 1, 2].map((n) => ({ a: n, b: n, c: n, d: n }));
  expect(
    mergeColumns(wanted ?? {}, stored ?? {}, sentOf({ confirmed: base, attempts: [] }), how),
  ).toEqual({
    changes: { c: 2 },
    held: ['row.a'],
    decisions: [
      { field: 'row.b', kept: 'target', conflict: true },
      { field: 'row.c', kept: 'source', conflict: true },
      { field: 'row.d', kept: 'target', conflict: true },
    ],
  });
});
