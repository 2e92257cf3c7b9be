import { XMLParser } from 'fast-xml-parser';

/**
 * Documents that a store writes as XML. Elements become fields and all values text; attributes, namespaces and entities
 * mean nothing to us. Nothing is ever expanded: what declares a document type is refused as a whole.
 */
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 50,
});

const DECLARES_TYPE = /<!(?:DOCTYPE|ENTITY)/i;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a body seems to be XML, by what it begins with. */
export const seemsXml = (text: string): boolean => text.trimStart().startsWith('<');

/**
 * What may be the documents of an XML text, the likeliest first: a list of some (`<ArrayOfOrder><Order>…</Order>…`), or
 * the element around all as the only one. None where it is no XML.
 */
export function xmlCandidates(text: string): unknown[][] {
  if (DECLARES_TYPE.test(text)) return [];
  const [root, ...more] = rootsOf(text);
  if (root === undefined || more.length > 0) return [];
  const parts = isObject(root) ? Object.values(root) : [];
  const [only] = parts;
  const isList = parts.length === 1 && typeof only === 'object';
  return isList ? [[only].flat(), [root]] : [[root]];
}

function rootsOf(text: string): unknown[] {
  try {
    const parsed: unknown = parser.parse(text, true);
    return isObject(parsed) ? Object.values(parsed) : [];
  } catch {
    return [];
  }
}
