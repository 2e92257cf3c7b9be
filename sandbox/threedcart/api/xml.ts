import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { Refusal } from './errors';
import { isRow, type Row } from './shape';

/** What an element of a list is called: `OrderItemList` holds elements `OrderItem`. SYNTHETIC, as is the form of lists. */
const elementIn = (list: string): string => (list.endsWith('List') ? list.slice(0, -4) : 'Item');

const ATTRIBUTE = '@';

const NIL = { [`${ATTRIBUTE}i:nil`]: 'true' };

function content(value: unknown, element: string): unknown {
  if (value === null || value === undefined) return NIL;
  if (Array.isArray(value)) return { [element]: value.map((each) => content(each, 'Item')) };
  if (!isRow(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, content(inner, elementIn(key))]),
  );
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  // Otherwise `i:nil` would stand there without its value, which is no XML.
  suppressBooleanAttributes: false,
});

const NAMESPACE = { [`${ATTRIBUTE}xmlns:i`]: 'http://www.w3.org/2001/XMLSchema-instance' };

/** A body as XML: an array of orders is `<ArrayOfOrder><Order>…</Order></ArrayOfOrder>`. */
export function toXml(body: unknown, element: string): string {
  const root = Array.isArray(body) ? `ArrayOf${element}` : element;
  const inside = content(body, element) as Row;
  return `<?xml version="1.0" encoding="utf-8"?>${String(builder.build({ [root]: { ...NAMESPACE, ...inside } }))}`;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
});

const elements = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** The rows of a list, whatever its elements are called. */
const rowsIn = (list: unknown): unknown[] =>
  isRow(list)
    ? Object.entries(list)
        .filter(([key]) => !key.startsWith(ATTRIBUTE))
        .flatMap(([, inner]) => elements(inner))
        .map(plain)
    : [];

function plain(value: unknown): unknown {
  if (!isRow(value)) return value;
  if (value[`${ATTRIBUTE}i:nil`] === 'true') return null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith(ATTRIBUTE))
      .map(([key, inner]) => [key, key.endsWith('List') ? rowsIn(inner) : plain(inner)]),
  );
}

/** An XML body as the JSON body that says the same, except that all values are texts. */
export function fromXml(text: string): unknown {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Refusal(400, 'The request is invalid.');
  const parsed = parser.parse(text) as Row;
  const [root, inside] = Object.entries(parsed).find(([key]) => !key.startsWith('?')) ?? ['', ''];
  return root.startsWith('ArrayOf') ? rowsIn(inside) : plain(inside);
}
