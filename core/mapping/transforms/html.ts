import { decodeHTMLStrict } from 'entities/decode';

import { BLOCKS, INLINE } from './htmlElements';
import { piecesOf } from './htmlTags';
import type { Transform } from './types';
import { textOf } from './types';

const BLANKS = /\s+/g;

/** Writes text and the lines that tags part it into. */
class PlainText {
  text = '';
  private isAtStart = true;

  write(text: string): void {
    this.text += text;
    if (text.trim() !== '') this.isAtStart = false;
  }

  line(): void {
    this.text += '\n';
    this.isAtStart = true;
  }

  /** What a tag leaves behind: a line, a blank, or nothing. */
  tag(kind: 'start' | 'end', name: string): void {
    if (INLINE.has(name)) return;
    if (name === 'br' || (BLOCKS.has(name) && (kind === 'end' || !this.isAtStart))) this.line();
    else this.text += ' ';
    if (name === 'li' && kind === 'start') this.write('- ');
  }
}

/** Plain text of an HTML description. For reading, not for making HTML safe: never put the result into a page as HTML. */
export function stripHtml(html: string): string {
  const pieces = piecesOf(html);
  // In HTML a line break is a blank; in plain text it is what somebody wrote.
  const isMarkup = pieces.some(({ kind }) => kind !== 'text');
  const plain = new PlainText();
  for (const piece of pieces) {
    if (piece.kind === 'text') plain.write(isMarkup ? piece.text.replace(BLANKS, ' ') : piece.text);
    else if (piece.kind !== 'hidden') plain.tag(piece.kind, piece.name);
  }
  // Without its semicolon nothing is an entity: "Notes&sections" is no "Notes§ions".
  return decodeHTMLStrict(plain.text)
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
