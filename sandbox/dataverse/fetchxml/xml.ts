import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { errors } from '../errors';

/** One element of a query, with everything in it in the order written. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Element[];
  text: string;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Without it, numeric references such as &#60; would stay as they are.
  htmlEntities: true,
});

type Node = Readonly<Record<string, unknown>>;

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);

function toElement(node: Node): Element[] {
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
  if (name === undefined || name === TEXT || name.startsWith('?')) return [];
  const inner = nodesIn(node[name]);
  return [
    {
      name,
      attributes: (node[ATTRIBUTES] ?? {}) as Record<string, string>,
      children: inner.flatMap(toElement),
      text: inner.map((part) => (typeof part[TEXT] === 'string' ? part[TEXT] : '')).join(''),
    },
  ];
}

/** The parser has limits of its own, such as how deeply elements may be nested. */
function parsed(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (error) {
    throw errors.query(`Invalid XML. ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Reads the document; what is not well-formed is refused with its place. */
export function parseXml(text: string): Element {
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { msg, line, col } = valid.err;
    throw errors.query(`Invalid XML. ${msg} Line ${line}, position ${col}.`);
  }
  const [root] = nodesIn(parsed(text)).flatMap(toElement);
  if (!root) throw errors.query('Invalid XML. Root element is missing.');
  return root;
}
