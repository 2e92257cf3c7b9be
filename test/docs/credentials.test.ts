import { expectSaid } from './codeTexts';
import { pageText } from './markdown';

/** docs/credentials.md quotes what the tests of the shops' credentials say: here is held that they still say so. */

const SHOPS = ['X-Cart', '3dcart', 'Clarity'];

/** A row may have several messages that mean the same, and name the status that is behind one. */
function messagesIn(section: string): string[] {
  const rows = [...section.matchAll(/^\| (.+?) +\|/gm)].map(([, cell = '']) => cell);
  return rows
    .filter((cell) => cell !== 'message' && !/^-+$/.test(cell))
    .flatMap((cell) => cell.split('; '))
    .map((message) => message.replace(/ \([^()]*\)$/, ''));
}

const sections = new Map(
  pageText('credentials.md')
    .split(/^## /m)
    .map((section): [string, string] => [section.split('\n', 1)[0] ?? '', section]),
);

describe.each(SHOPS)('the test of a credential of %s', (shop) => {
  const messages = messagesIn(sections.get(shop) ?? '');

  it('is told with what it says', () => expect(messages.length).toBeGreaterThanOrEqual(8));

  it.each(messages)('says "%s"', expectSaid);
});
