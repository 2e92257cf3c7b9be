/** What each reader makes of a value; undefined: refused. The tables of docs/readers.md are these lists. */
export interface ReaderTable {
  title: string;
  words: string;
  /** The ways it is asked, one result each. */
  heads: string[];
  examples: Array<{ value: unknown; results: unknown[] }>;
}

export type ReaderName = 'number' | 'integer' | 'flag' | 'day' | 'moment' | 'text';

const no = undefined;
const ex = (value: unknown, ...results: unknown[]) => ({ value, results });

export const READERS: Record<ReaderName, ReaderTable> = {
  number: {
    title: 'Number and money',
    words: [
      'Where no decimal separator is said (columns, shops, formulas, the transform Money), text is read as programs write',
      'numbers. Where one is said, groups of three are read too, all parted by the same character; Indian groups are not.',
      '`1.234` is one and a bit where a point is said, and a thousand where a comma is: the text alone cannot tell.',
      'Nothing beyond 2^53 is a number. From 10^12 on, digits that a number does not hold are refused.',
    ].join('\n'),
    heads: ['nothing said', 'point said', 'comma said'],
    examples: [
      ex(12.5, 12.5, 12.5, 12.5),
      ex('12.50', 12.5, 12.5, no),
      ex('12,50', no, no, 12.5),
      ex('1,5', no, no, 1.5),
      ex('1,2345', no, no, 1.2345),
      ex('1,234.50', no, 1234.5, no),
      ex('1.234,50', no, no, 1234.5),
      ex('1.234', 1.234, 1.234, 1234),
      ex('1,234', no, 1234, 1.234),
      ex('0,500', no, no, 0.5),
      ex('1 234,50', no, no, 1234.5),
      ex('1\u202f234,50', no, no, 1234.5),
      ex("1'234.50", no, 1234.5, no),
      ex('12,34,567.00', no, no, no),
      ex('1 234,567.00', no, no, no),
      ex(' 7. ', 7, 7, no),
      ex('.5', 0.5, 0.5, no),
      ex('007', 7, 7, 7),
      ex('+3', 3, 3, 3),
      ex('-5', -5, -5, -5),
      ex('\u22125', no, -5, -5),
      ex('--5', no, no, no),
      ex('5-', no, no, no),
      ex('1e3', 1000, 1000, no),
      ex('1e400', no, no, no),
      ex('0x10', no, no, no),
      ex('Infinity', no, no, no),
      ex('12abc', no, no, no),
      ex('$12.50', no, no, no),
      ex('12.50 USD', no, no, no),
      ex('(5.00)', no, no, no),
      ex('\uff11\uff12', no, no, no),
      ex('9007199254740993', no, no, no),
      ex('4503599627370497.75', no, no, no),
      ex(true, no, no, no),
      ex([5], no, no, no),
      ex('', no, no, no),
      ex(' ', no, no, no),
      ex(null, no, no, no),
    ],
  },
  integer: {
    title: 'Whole number',
    words: 'Nothing is rounded. Ids that a number cannot hold exactly are refused.',
    heads: ['comes out'],
    examples: [
      ex(7, 7),
      ex('7', 7),
      ex('7.0', 7),
      ex('7.5', no),
      ex('1,234', no),
      ex('9007199254740991', 9007199254740991),
      ex('9007199254740992', no),
      ex(true, no),
      ex(' ', no),
    ],
  },
  flag: {
    title: 'Yes or no',
    words: 'Letters count in either case. Nothing said is not a no.',
    heads: ['comes out'],
    examples: [
      ...[true, 1, 'true', '1', 'Yes', 'y', 'on', 'enabled', 'E'].map((value) => ex(value, true)),
      ...[false, 0, 'FALSE', '0', 'no', 'N', 'off', 'disabled', 'D'].map((value) =>
        ex(value, false),
      ),
      ...[2, '1.0', 'maybe', [true], '', ' ', null].map((value) => ex(value, no)),
    ],
  },
  day: {
    title: 'Day',
    words: [
      'A day alone is the same day in every zone. A moment is the day that it is in the zone that is said; where none is,',
      'as in a day column of Dataverse, the day as it is written.',
    ].join('\n'),
    heads: ['no zone said', 'America/New_York said'],
    examples: [
      ex('2026-03-01', '2026-03-01', '2026-03-01'),
      ex('20260301', '2026-03-01', '2026-03-01'),
      ex(20260301, '2026-03-01', '2026-03-01'),
      ex('2026-03-01T03:00:00Z', '2026-03-01', '2026-02-28'),
      ex('2026-03-01T23:30:00-05:00', '2026-03-01', '2026-03-01'),
      ex('2024-02-29', '2024-02-29', '2024-02-29'),
      ex('2026-02-29', no, no),
      ex('2026-02-30T00:00:00Z', no, no),
      ex('26-03-01', no, no),
      ex('03/04/2026', no, no),
      ex('2026-03', no, no),
      ex('0000-00-00', no, no),
      ex('', no, no),
    ],
  },
  moment: {
    title: 'Moment',
    words: [
      'A time that names no zone is read only where its zone is said: by the transform (UTC where it says nothing else), by',
      'the credential of a store, by the workflow for dates of a panel; Dataverse columns and shops without a zone are in',
      'UTC. Another form than these is said in Source Format. A time that clocks skip is an hour later; of one that comes',
      'twice the first is meant. Numbers are Unix seconds from 10^8 on, and milliseconds from 10^11 on.',
    ].join('\n'),
    heads: ['no zone said', 'America/New_York said'],
    examples: [
      ex('2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'),
      ex('2026-03-01T10:00:00+0000', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'),
      ex('2026-03-01 10:00:00+02', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z'),
      ex('2026-03-01T10:00:00', no, '2026-03-01T15:00:00Z'),
      ex('2026-03-01 10:00', no, '2026-03-01T15:00:00Z'),
      ex('2026-03-01', no, '2026-03-01T05:00:00Z'),
      ex('20260301T100000Z', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'),
      ex('Sun, 01 Mar 2026 10:00:00 GMT', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'),
      ex('Sun, 01 Mar 26 10:00:00 GMT', no, no),
      ex(1714644000, '2024-05-02T10:00:00Z', '2024-05-02T10:00:00Z'),
      ex('1714644000', '2024-05-02T10:00:00Z', '2024-05-02T10:00:00Z'),
      ex(1714644000000, '2024-05-02T10:00:00Z', '2024-05-02T10:00:00Z'),
      ex(46082, no, no),
      ex('2026-02-30T10:00:00Z', no, no),
      ex('2026-03-01T24:00:00Z', no, no),
      ex('03/04/2026', no, no),
      ex('12:30', no, no),
      ex('2026', no, no),
      ex('2026-W10', no, no),
      ex('yesterday', no, no),
      ex(' ', no, no),
    ],
  },
  text: {
    title: 'Text',
    words: 'Text stays as it is. What has no one plain way to be written is refused.',
    heads: ['comes out'],
    examples: [
      ex('', ''),
      ex('007', '007'),
      ex(42, '42'),
      ex(12.5, '12.5'),
      ex(true, 'true'),
      ex(1e21, no),
      ex([], no),
      ex({ a: 1 }, no),
      ex(null, no),
    ],
  },
};

export type UseName =
  | `transform ${'Number' | 'Money' | 'True or False' | 'Date'}`
  | `Dataverse column: ${'money' | 'yes or no' | 'day' | 'choices'}`
  | `a shop's ${'amount' | 'flag' | 'date'}`;

const use = (name: UseName, value: unknown, result: unknown) => ({ use: name, value, result });

/** The same values in the places that read them; undefined: refused. */
export const USES: Array<{ use: UseName; value: unknown; result: unknown }> = [
  use('transform Number', ' ', null),
  use('transform Number', '12,50', no),
  use('transform Number', '1,234.50', 1234.5),
  use('transform Money', ' ', null),
  use('transform Money', '12.505', 12.5),
  use('transform Money', '12,50', no),
  use('transform True or False', '', null),
  use('transform Date', '2026-03-01', '2026-03-01'),
  use('transform Date', '2026-03-01T03:00:00Z', '2026-02-28'),
  use('transform Date', '0000-00-00', null),
  use('Dataverse column: money', ' ', null),
  use('Dataverse column: money', '12,50', no),
  use('Dataverse column: yes or no', ' ', null),
  use('Dataverse column: yes or no', 'No', false),
  use('Dataverse column: day', '2026-03-01', '2026-03-01'),
  use('Dataverse column: day', '0001-01-01T00:00:00', null),
  use('Dataverse column: choices', [], null),
  use('Dataverse column: choices', '', null),
  use('Dataverse column: choices', ['Web', 7, 'gift'], '7,8'),
  use("a shop's amount", '', null),
  use("a shop's amount", ' 129.97 ', 129.97),
  use("a shop's amount", '1,299.00', no),
  use("a shop's flag", '', false),
  use("a shop's flag", ' ', null),
  use("a shop's flag", '1', true),
  use("a shop's date", 0, null),
  use("a shop's date", '0000-00-00 00:00:00', null),
  use("a shop's date", '2024-05-02 10:00:00', '2024-05-02T10:00:00+00:00'),
];
