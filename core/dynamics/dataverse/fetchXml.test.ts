import fc from 'fast-check';

import { type HttpServer, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import { createDataverse } from './client';
import { fetchRows, readFetchXml } from './fetchXml';

const QUERY = '<fetch><entity name="account"><attribute name="name" /></entity></fetch>';

describe('a query', () => {
  it('tells its table, and keeps what it says whatever it is asked for', () => {
    const query = readFetchXml(
      `<?xml version="1.0"?><!-- mine -->\n<fetch distinct='true'><entity name='account'>
        <filter><condition attribute='name' operator='eq' value='A &amp; &#60;B&gt; "C"' /></filter></entity></fetch>`,
    );
    expect(query.table).toBe('account');
    expect(query.attributes).toEqual({ distinct: 'true' });
    const text = query.with({ ...query.attributes, page: '2' });
    expect(text).toMatch(/^<fetch distinct="true" page="2">/);
    expect(text).toContain('A &amp; &#60;B&gt;');
    expect(readFetchXml(text).table).toBe('account');
  });

  it.each([
    ['text', 'select * from account', /is not XML|no query/],
    ['XML that does not end', '<fetch><entity name="account">', /is not XML: line \d+/],
    ['no fetch', '<query><entity name="account" /></query>', /no query of one table/],
    ['no entity', '<fetch />', /no query of one table/],
    ['two entities', '<fetch><entity name="a" /><entity name="b" /></fetch>', /no query of one/],
    ['an entity without a name', '<fetch><entity /></fetch>', /no query of one table/],
    ['two queries', `${QUERY}${QUERY}`, /not XML|no query/],
    ['a document type', `<!DOCTYPE fetch [<!ENTITY a "b">]>${QUERY}`, /declares a document type/],
  ])('is refused where it is %s', (_, text, says) => {
    expect(() => readFetchXml(text)).toThrow(says);
  });

  it('keeps any value that XML can hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`aé<>&"' \t%=;[]`) }), (value) => {
        const inXml = value.replace(
          /[<>&"'\t]/g,
          (one) => `&#${one.codePointAt(0)?.toString() ?? ''};`,
        );
        const query = readFetchXml(
          `<fetch><entity name="account"><filter><condition value="${inXml}" /></filter></entity></fetch>`,
        );
        expect(query.with({ page: '1' })).toContain(`value="${inXml}"`);
      }),
    );
  });
});

/** What stands in CDATA or in an attribute, in a form that XML can hold. */
const TEXT = fc
  .string({
    unit: fc.constantFrom(...`aé<>&"'! \t-/%=;[]`, '<value>', '</value>', ']]', '<![CDATA['),
  })
  .filter((text) => !text.includes(']]>') && !text.endsWith(']'));

test('no text changes what a query consists of', () => {
  const shape = (text: string) =>
    text.replace(/<!\[CDATA\[[\s\S]*?\]\]>|="[^"]*"/g, '_').match(/<\/?[\w-]*/g);
  const query = (section: string, attribute: string) =>
    readFetchXml(
      `<fetch><entity name="account"><filter><condition attribute='name' operator='in'>` +
        `<value><![CDATA[${section}]]></value><value uiname='${attribute}'>b</value></condition></filter></entity></fetch>`,
    ).with({ page: '1' });
  const usual = shape(query('a', 'a'));
  fc.assert(
    fc.property(TEXT, TEXT, (section, text) => {
      const sent = query(section, text.replaceAll('&', '&amp;').replace(/[<']/g, '_'));
      expect(sent).toContain(`<value><![CDATA[${section}]]></value>`);
      expect(shape(sent)).toEqual(usual);
    }),
  );
});

describe('the rows of a query', () => {
  let server: HttpServer | undefined;
  afterEach(async () => await server?.close());

  const asked = () =>
    (server?.received ?? []).map(({ url }) => decodeURIComponent(url.replace(/^.*fetchXml=/, '')));

  async function environment(pages: object[]) {
    server = await startHttpServer((_request, number) => ({ body: pages[number - 1] ?? {} }));
    const send = createSend({ transport: fetchTransport(), retry: false });
    return createDataverse({ url: server.origin, send });
  }

  const COOKIE = '@Microsoft.Dynamics.CRM.fetchxmlpagingcookie';
  const MORE = '@Microsoft.Dynamics.CRM.morerecords';
  const rows = (...names: string[]) => names.map((name) => ({ name }));

  it('come page by page, with the cookie decoded twice and escaped once', async () => {
    const inner = '<cookie page="1"><name last="A &amp; B" first="A" /></cookie>';
    const client = await environment([
      {
        [COOKIE]: `<cookie pagenumber="2" pagingcookie="${encodeURIComponent(encodeURIComponent(inner))}" istracking="False" />`,
        [MORE]: true,
        value: rows('a', 'b'),
      },
      { [MORE]: false, value: rows('c') },
    ]);
    expect(await fetchRows(client, 'accounts', readFetchXml(QUERY))).toEqual(rows('a', 'b', 'c'));
    expect(asked()[0]).toContain('<fetch page="1" count="5000">');
    expect(asked()[1]).toContain(
      'page="2" count="5000" paging-cookie="&lt;cookie page=&quot;1&quot;&gt;&lt;name last=&quot;A &amp;amp; B&quot;',
    );
    expect(server?.received[0]?.headers['prefer']).toBe(
      'odata.include-annotations="Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords"',
    );
  });

  it('are counted by pages where there is no cookie, and end where a page is empty', async () => {
    const client = await environment([
      { [MORE]: true, value: rows('a') },
      { [MORE]: true, value: [] },
    ]);
    expect(await fetchRows(client, 'accounts', readFetchXml(QUERY))).toEqual(rows('a'));
    expect(asked()[1]).toMatch(/^<fetch page="2" count="5000">/);
  });

  it('are as many as were asked for', async () => {
    const client = await environment([{ [MORE]: true, value: rows('a', 'b') }]);
    expect(await fetchRows(client, 'accounts', readFetchXml(QUERY), { limit: 1 })).toEqual(
      rows('a'),
    );
    expect(asked()).toHaveLength(1);
    expect(asked()[0]).toContain('count="1"');
  });

  it.each(['top="3"', 'page="4" count="2"'])('are those of %s alone', async (own) => {
    const client = await environment([{ [MORE]: true, value: rows('a', 'b') }]);
    const query = readFetchXml(QUERY.replace('<fetch', `<fetch ${own}`));
    expect(await fetchRows(client, 'accounts', query)).toHaveLength(2);
    expect(asked()).toHaveLength(1);
    expect(asked()[0]).toContain(`<fetch ${own}>`);
  });

  it('are not asked further with a cookie that is none of the service', async () => {
    const client = await environment([
      { [COOKIE]: '<cookie pagingcookie="100%" />', [MORE]: true, value: rows('a') },
    ]);
    await expect(fetchRows(client, 'accounts', readFetchXml(QUERY))).rejects.toMatchObject({
      class: 'transient',
      message: expect.stringContaining('Something in front of'),
    });
  });

  const DISTINCT = QUERY.replace('<fetch>', '<fetch distinct="true">');
  const ORDER = '<order attribute="name" />';
  const twoPages = () =>
    environment([
      { [MORE]: true, value: rows('a') },
      { [MORE]: false, value: rows('b') },
    ]);

  it('are refused where distinct ones without an order fill several pages', async () => {
    const client = await twoPages();
    await expect(fetchRows(client, 'accounts', readFetchXml(DISTINCT))).rejects.toMatchObject({
      class: 'validation',
      fix: expect.stringContaining('<order attribute'),
    });
    expect(asked()).toHaveLength(1);
  });

  it.each([
    ['ordered', DISTINCT.replace('</entity>', `${ORDER}</entity>`)],
    [
      'ordered by a linked table',
      DISTINCT.replace(
        '</entity>',
        `<link-entity name="contact" from="contactid" to="primarycontactid">${ORDER}</link-entity></entity>`,
      ),
    ],
    ['not distinct', DISTINCT.replace('true', 'false')],
  ])('are read to the last page where they are %s', async (_, query) => {
    const client = await twoPages();
    expect(await fetchRows(client, 'accounts', readFetchXml(query))).toEqual(rows('a', 'b'));
  });

  it('come as one page without an order where they are distinct', async () => {
    const client = await environment([{ [MORE]: true, value: rows('a') }]);
    const query = readFetchXml(DISTINCT);
    expect(await fetchRows(client, 'accounts', query, { limit: 1 })).toEqual(rows('a'));
  });

  it('are not none where something else has answered', async () => {
    const client = await environment([{ message: 'signed out' }]);
    await expect(fetchRows(client, 'accounts', readFetchXml(QUERY))).rejects.toMatchObject({
      class: 'transient',
    });
  });
});
