/** A message to a person, before it is a text or a web page. */
export interface Page {
  /** One line, for the subject of an e-mail. */
  subject: string;
  /** Sentences at the top. */
  lead: string[];
  sections: Array<{ heading: string; lines: string[] }>;
  /** Sentences at the end. */
  end: string[];
  /** Where to go from here. */
  link?: { words: string; url: string };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What other systems say in their errors is text here, whatever it holds. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Only what a browser opens as a page: nothing that runs. */
const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

export function asText({ lead, sections, end, link }: Page): string {
  const blocks = [
    lead.join('\n'),
    ...sections.map(({ heading, lines }) => [heading, ...lines].join('\n')),
    [...end, ...(link ? [`${link.words}: ${link.url}`] : [])].join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const paragraph = (lines: string[]): string =>
  lines.length === 0 ? '' : `<p>${lines.map(escapeHtml).join('<br>')}</p>`;

function anchor({ words, url }: { words: string; url: string }): string {
  return isWebAddress(url)
    ? `<p><a href="${escapeHtml(url)}">${escapeHtml(words)}</a></p>`
    : paragraph([`${words}: ${url}`]);
}

/** For e-mails and pages; nothing in it but what is escaped here. */
export function asHtml({ lead, sections, end, link }: Page): string {
  return [
    paragraph(lead),
    ...sections.map(({ heading, lines }) =>
      [`<h3>${escapeHtml(heading)}</h3>`, paragraph(lines)].join(''),
    ),
    paragraph(end),
    link ? anchor(link) : '',
  ].join('');
}

/** The same as a file that a browser opens. */
export function asDocument(page: Page): string {
  const title = escapeHtml(page.subject);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${asHtml(page)}</body></html>`;
}
