import { decodeHTML } from 'entities/decode';

import { HTML_ELEMENTS } from './htmlElements';
import type { Transform } from './types';
import { textOf } from './types';

/** Plain text of an HTML description. For reading, not for making HTML safe: never put the result into a page as HTML. */
export function stripHtml(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '- ')
    .replace(/<\/?([a-z][a-z0-9]*)(:[a-z]+)?(?=[\s/>])[^<>]*>/gi, (tag, name: string, prefixed) =>
      // Word writes elements with a prefix, such as <o:p>.
      prefixed || HTML_ELEMENTS.has(name.toLowerCase()) ? ' ' : tag,
    );
  return decodeHTML(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

export const HTML_TRANSFORMS: Transform[] = [
  {
    name: 'stripHtml',
    displayName: 'Strip HTML',
    description: 'Plain text of an HTML description, with its line breaks',
    options: [],
    compile: () => (value) => stripHtml(textOf(value)),
  },
];
