import { noStatistics } from '../ledger/statistics';
import { asHtml, asText } from './page';
import { alertOf, digestOf, needsSomebody } from './report';
import type { Stopped } from './stopped';

const stopped = (number: string, more: Partial<Stopped> = {}): Stopped => ({
  key: `xcart:main:order:${number}`,
  flow: 'w1',
  flowName: 'X-Cart orders',
  number,
  state: 'dead',
  isForPerson: true,
  reason: 'No product has the number AB-1',
  repair: 'Create the product in Dynamics 365.',
  ...more,
});

const UNPAID = { state: 'held', isForPerson: false, reason: 'Unpaid', repair: undefined } as const;

const options = { maxNumbers: 2 };

describe('the alert', () => {
  test('says in its subject how many and why, and below what mends them together', () => {
    const page = alertOf(
      [
        stopped('1', { reason: 'Bad address', repair: undefined }),
        ...['10', '3', '2'].map((number) => stopped(number)),
      ],
      { ...options, link: 'https://n8n.example/form/1' },
    );
    expect(page.subject).toBe(
      '4 orders not sent: No product has the number AB-1 (and 1 other reason)',
    );
    expect(asText(page)).toBe(
      [
        '4 orders could not be sent, and will not be tried again until somebody says so.',
        '',
        '3 orders not sent: No product has the number AB-1',
        'Repair: Create the product in Dynamics 365.',
        'Numbers: 2, 3 and 1 more',
        'Flow: X-Cart orders',
        '',
        '1 order not sent: Bad address',
        'Number: 1',
        'Flow: X-Cart orders',
        '',
        'Send again or discard: https://n8n.example/form/1',
      ].join('\n'),
    );
  });

  test('names the number in its subject where there is one', () => {
    expect(alertOf([stopped('1001')], options).subject).toBe(
      'Order 1001 not sent: No product has the number AB-1',
    );
  });

  test('says of what is held that it is held, and where to repair without a link', () => {
    const page = alertOf(
      [stopped('1'), stopped('2', { key: 'erp:de:category:2', state: 'held', reason: 'Unpaid' })],
      options,
    );
    expect(page.subject).toContain('1 record not sent, 1 record held: ');
    expect(asText(page)).toContain('1 record held until they change');
    expect(asText(page)).toMatch(/Sync Ledger: Requeue\.$/);
  });

  test('says of what a row holds how many wait, with one of their numbers, and no way to discard them', () => {
    const row = { state: 'retry', records: 12, reason: 'The row "X" stops all' } as const;
    const page = alertOf([stopped('7', row)], options);
    expect(page.subject).toBe('12 orders waiting: The row "X" stops all');
    expect(asText(page)).toBe(
      [
        '12 orders waiting until the mapping is mended; what waits goes by itself then.',
        '',
        '12 orders waiting: The row "X" stops all',
        'Repair: Create the product in Dynamics 365.',
        'Numbers: 7 and 11 more',
        'Flow: X-Cart orders',
      ].join('\n'),
    );
    const both = alertOf([stopped('7', row), stopped('8')], options);
    expect(both.subject).toMatch(
      /^1 order not sent, 12 orders waiting: .* \(and 1 other reason\)$/,
    );
    expect(both.end).toHaveLength(1);
  });

  test('keeps a subject short, and what other systems say out of the markup', () => {
    const reason = `<img src=x onerror="alert('1')"> & ${'long '.repeat(100)}`;
    const page = alertOf([stopped('1<b>', { reason })], {
      ...options,
      link: 'javascript:alert(1)',
    });
    expect(page.subject.length).toBeLessThanOrEqual(150);
    const html = asHtml(page);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; long');
    expect(html).not.toMatch(/<(?!\/?(p|h3|br)>)/);
    expect(asHtml({ ...page, link: { words: 'Here', url: 'https://a.example/?b="c"' } })).toContain(
      '<a href="https://a.example/?b=&quot;c&quot;">Here</a>',
    );
  });
});

describe('the digest', () => {
  const now = Date.parse('2026-03-01T07:00:00Z');
  const flow = (name: string, states: object, more: object = {}) => ({
    ...noStatistics(name),
    states: { ...noStatistics(name).states, ...states },
    ...more,
  });

  test('counts each flow, then says what stopped, and how much it does not show', () => {
    const situation = {
      flows: [
        flow('w1', { dead: 2, held: 1, retry: 3, pending: 1, done: 9 }, { flowName: 'Orders' }),
        flow('w2', { done: 1 }),
      ],
      stopped: [stopped('1'), stopped('2', UNPAID)],
      now,
    };
    const page = digestOf(situation, options);
    expect(page.subject).toBe('2 orders not sent');
    const text = asText(page);
    expect(text).toContain(
      'Orders: 2 not sent, 1 held, 4 waiting to be tried again, 9 done.\nw2: 1 done.',
    );
    expect(text.indexOf('1 order not sent')).toBeLessThan(text.indexOf('1 order held: Unpaid'));
    expect(text).toContain('1 more are not shown.');
    expect(needsSomebody(situation)).toBe(true);
  });

  test('what goes by itself waits for nobody, and stands below what somebody has to decide', () => {
    const held = { flows: [flow('w1', { held: 2 })], stopped: [stopped('2', UNPAID)], now };
    expect(needsSomebody(held)).toBe(false);
    expect(digestOf(held, options).subject).toBe(
      'Nothing waits for you: 2 orders held until they change',
    );
    const conflict = stopped('3', { state: 'held', reason: 'Both sides changed' });
    const asked = {
      ...held,
      flows: [flow('w1', { held: 2 }, { heldForPerson: 1 })],
      stopped: [stopped('2', UNPAID), conflict],
    };
    expect(needsSomebody(asked)).toBe(true);
    const page = digestOf(asked, options);
    expect(asText(page)).not.toContain('Flow:');
    const both = {
      ...asked,
      flows: [flow('w1', { dead: 2, held: 1 }, { heldForPerson: 1 }), flow('w2', {})],
    };
    expect(digestOf(both, options).subject).toBe(
      '3 orders waiting for you: 2 not sent, 1 to decide',
    );
    expect(asText(digestOf(both, options))).toContain('Flow: X-Cart orders');
    expect(page.subject).toBe('1 order to decide');
    expect(page.sections.map(({ heading }) => heading)).toEqual([
      '1 order held: Both sides changed',
      '1 order held: Unpaid',
    ]);
  });

  test('says of what the mapping holds that it is to be mended, for it makes no dead letters', () => {
    const situation = {
      flows: [flow('w1', { retry: 5, done: 1 }, { heldByMapping: 3 })],
      stopped: [],
      now,
    };
    expect(needsSomebody(situation)).toBe(true);
    const page = digestOf(situation, options);
    expect(page.subject).toBe('3 records held by the mapping, until it is mended');
    expect(page.lead).toEqual([
      expect.stringMatching(
        /^w1: 3 held by the mapping, 2 waiting to be tried again, 1 done\. .*once the row, or the node, is mended/,
      ),
    ]);
    const both = { ...situation, flows: [flow('w1', { dead: 1, retry: 3 }, { heldByMapping: 3 })] };
    expect(digestOf(both, options).subject).toBe(
      '3 records held by the mapping, until it is mended; 1 record waiting for you',
    );
  });

  test('all is well unless something stopped, or lies due and nobody fetches it', () => {
    const late = { due: 2, oldestDueAt: now - 2 * 60 * 60_000 };
    const well = {
      flows: [flow('w1', { retry: 2, done: 5 }, { ...late, oldestDueAt: now - 60_000 })],
      stopped: [],
      now,
    };
    expect(needsSomebody(well)).toBe(false);
    expect(digestOf(well, { ...options, link: 'https://a.example' })).toMatchObject({
      subject: 'All well: nothing waits for you',
      end: [],
    });
    const alone = { ...well, flows: [flow('w1', { retry: 2 }, late)] };
    expect(needsSomebody(alone)).toBe(true);
    expect(digestOf(alone, options).lead).toEqual([
      'w1: 2 waiting to be tried again. 2 should have been sent over an hour ago: is the workflow published?',
    ]);
  });
});
