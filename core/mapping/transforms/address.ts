import { trimEnd } from 'lodash';

import { countryCode } from './country';
import { stateCode } from './states';
import type { Transform } from './types';
import { textOf, textOption } from './types';

export interface AddressParts {
  line1?: string;
  line2?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  country?: string;
}

const UNIT = /^(?:(?:apt|apartment|suite|ste|unit|floor|fl|room|rm|bldg|building)\b\.?|#)\s*\S+/i;
const POSTAL_CODE = [
  /\b\d{5}-\d{4}\b/, // US ZIP+4
  /\b[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b/i, // Canada
  /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i, // United Kingdom
  /\b\d{4} ?[A-Z]{2}\b/, // Netherlands
  /\b\d{4,6}\b/, // most others
];

interface Found {
  rest: string;
  postalCode?: string;
}

function takePostalCode(text: string): Found {
  for (const pattern of POSTAL_CODE) {
    const match = pattern.exec(text);
    if (!match) continue;
    const rest = (text.slice(0, match.index) + text.slice(match.index + match[0].length)).trim();
    return { rest, postalCode: match[0].toUpperCase() };
  }
  return { rest: text };
}

/** "Austin TX" and "TX" give a state of the country; "Berlin" gives none. */
function takeState(text: string, country: string): { rest: string; state?: string } {
  const whole = stateCode(country, text);
  if (whole !== undefined) return { rest: '', state: whole };
  const space = text.lastIndexOf(' ');
  const last = stateCode(country, text.slice(space + 1));
  return last !== undefined && space > 0
    ? { rest: text.slice(0, space).trim(), state: last }
    : { rest: text };
}

/**
 * Parts of an address in one line, read from its end: country, postal code and state, city, then street. Parts
 * stand between commas or line breaks. What it cannot place stays in the street lines: nothing is dropped.
 */
export function parseAddress(text: string, defaultCountry = 'US'): AddressParts {
  const pieces = text
    .split(/[,\n]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const address: AddressParts = {};
  // "CA" alone at the end, after a part with no postal code behind it, is more likely a state than Canada.
  const last = pieces.at(-1) ?? '';
  const code =
    pieces.length > 1 && !stateCode(defaultCountry, last) ? countryCode(last) : undefined;
  if (code !== undefined) {
    address.country = code;
    pieces.pop();
  }
  readCity(pieces, address, address.country ?? defaultCountry);
  const [line1, ...more] = pieces;
  const unit = more.findIndex((piece) => UNIT.test(piece));
  if (line1 !== undefined) address.line1 = line1;
  const line2 = unit === -1 ? more : [...more.splice(unit, 1), ...more];
  if (line2.length > 0) address.line2 = line2.join(', ');
  return address;
}

function readCity(pieces: string[], address: AddressParts, country: string): void {
  while (pieces.length > 1 && address.city === undefined) {
    const { rest, postalCode } = takePostalCode(pieces.at(-1) ?? '');
    if (postalCode !== undefined && address.postalCode === undefined)
      address.postalCode = postalCode;
    const wanted = address.state === undefined;
    const { rest: city, state } = wanted ? takeState(rest, country) : { rest, state: undefined };
    if (state !== undefined) address.state = state;
    if (city !== '') address.city = city;
    pieces.pop();
  }
}

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    street: 'St',
    avenue: 'Ave',
    boulevard: 'Blvd',
    road: 'Rd',
    drive: 'Dr',
    lane: 'Ln',
    court: 'Ct',
    highway: 'Hwy',
    apartment: 'Apt',
    suite: 'Ste',
    north: 'N',
    south: 'S',
    east: 'E',
    west: 'W',
  }),
);

/** One spelling for the same street, for comparing addresses: "12 Main street." and "12 MAIN ST" are the same. */
export function harmoniseStreet(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const bare = trimEnd(word, '.,');
      const short = WORDS.get(bare.toLowerCase());
      if (short !== undefined) return short;
      return /^[A-Z]+$/.test(bare) && bare.length > 3
        ? bare.charAt(0) + bare.slice(1).toLowerCase()
        : bare;
    })
    .map(
      (word) =>
        [...WORDS.values()].find((short) => short.toLowerCase() === word.toLowerCase()) ?? word,
    )
    .join(' ');
}

export const ADDRESS_TRANSFORMS: Transform[] = [
  {
    name: 'address',
    displayName: 'Address Part',
    description:
      'One part of an address that stands in a single line: 1 Main St, Austin, TX 78701, US',
    options: [
      {
        name: 'part',
        displayName: 'Part',
        type: 'string',
        description: 'Which part to take; all gives an object of them',
        default: 'all',
        choices: ['all', 'line1', 'line2', 'city', 'state', 'postalCode', 'country'],
        choiceNames: { line1: 'Street', line2: 'Street, Line 2', all: 'All (an Object)' },
      },
      {
        name: 'country',
        displayName: 'Country',
        type: 'string',
        description: 'Assumed where the address names none',
        default: 'US',
      },
    ],
    compile: (options) => {
      const part = textOption(options, 'part');
      const country = countryCode(textOption(options, 'country')) ?? 'US';
      return (value) => {
        const address = parseAddress(textOf(value), country);
        return part === 'all' ? address : address[part as keyof AddressParts];
      };
    },
  },
  {
    name: 'harmoniseStreet',
    displayName: 'Harmonise Street',
    description: 'Write streets one way: 12 NORTH MAIN STREET becomes 12 N Main St',
    options: [],
    compile: () => (value) => harmoniseStreet(textOf(value)),
  },
];
