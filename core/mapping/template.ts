import { validationError } from '../errors';

/** A part of a template: text as it stands, or the path of what comes in its place. */
export type TemplatePart = string | { path: string };

const PART = /\{\{|\}\}|\{([^{}]*)\}|\{/g;

function signOf(found: string, template: string): string {
  if (found === '{{') return '{';
  if (found === '}}') return '}';
  throw validationError(
    `the text "${template}" has a "{" without its "}"`,
    'Add the closing brace; for the sign itself write "{{".',
  );
}

/** `X-Cart {order_number}` in its parts; `{{` and `}}` stand for the signs themselves. */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  let end = 0;
  const put = (path: string): void => {
    if (text !== '') parts.push(text);
    parts.push({ path });
    text = '';
  };
  for (const match of template.matchAll(PART)) {
    const [found, path] = match;
    text += template.slice(end, match.index);
    end = match.index + found.length;
    if (path === undefined) text += signOf(found, template);
    else put(path);
  }
  text += template.slice(end);
  return text === '' ? parts : [...parts, text];
}

/** The paths that a template reads; none of one that cannot be read, which is refused where it is compiled. */
export function templatePaths(template: string): string[] {
  return [...template.matchAll(PART)].flatMap(([, path]) => path ?? []);
}

/** The same template with other paths. */
export function mapTemplate(template: string, map: (path: string) => string): string {
  return template.replace(PART, (found, path?: string) =>
    path === undefined ? found : `{${map(path)}}`,
  );
}

/** A text or number as it stands in a text. */
export function textPart(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  throw validationError(
    `found ${Array.isArray(value) ? 'a list' : 'an object'} where a text is put together`,
    'Name a single value of it, such as billing_address.city or items[*].sku.',
  );
}

/** What stands in the place of a path: texts and numbers as they are, several of them with commas between. */
export function placeholderText(value: unknown): string {
  return Array.isArray(value) ? value.map(textPart).join(', ') : textPart(value);
}
