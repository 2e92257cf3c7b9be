/** SQL patterns in strings: `%` any text, `_` one character, `[abc]` one of these, `[^abc]` none of these. */

const WILDCARD = /[%_[]/;

export const hasWildcard = (text: string): boolean => WILDCARD.test(text);

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const TOKENS = /%|_|\[\^?[^\]]*\]|[^%_[]+|\[/g;

function translate(token: string): string {
  if (token === '%') return '[^]*';
  if (token === '_') return '[^]';
  if (!token.startsWith('[') || !token.endsWith(']')) return escape(token);
  const negated = token.startsWith('[^');
  const inner = token.slice(negated ? 2 : 1, -1).replace(/[\\\]^]/g, '\\$&');
  return inner === '' ? escape(token) : `[${negated ? '^' : ''}${inner}]`;
}

/** Tests lower-case text against a pattern, whole text. */
export function like(pattern: string): (text: string) => boolean {
  const source = (pattern.toLowerCase().match(TOKENS) ?? []).map(translate).join('');
  const expression = new RegExp(`^${source}$`);
  return (text) => expression.test(text);
}
