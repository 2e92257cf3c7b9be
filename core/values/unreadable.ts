import { ServiceError } from '../errors';
import { isBlank } from './empty';

const SHOWN = 24;
/** An amount in another spelling says nothing of a person, and shows best what is wrong. */
const AMOUNT = /^[+-]?[\d.' ]{0,9},[\d.,' ]{0,9}$/;

/** The form of a text without what it says: of `03/04/2026` it is `99/99/9999`. */
function formOf(value: string): string {
  const text = value.trim();
  if (AMOUNT.test(text)) return text;
  const form = text
    .slice(0, SHOWN)
    .replace(/\p{L}/gu, 'a')
    .replace(/\d/g, '9')
    .replace(/[^\x20-\x7e]/gu, '?');
  return text.length > SHOWN ? `${form}…` : form;
}

function kindOfNumber(value: number): string {
  if (!Number.isFinite(value)) return 'a number without end';
  if (!Number.isInteger(value)) return 'a number with decimals';
  return Number.isSafeInteger(value) ? 'a number' : 'a number beyond 2^53';
}

function kindOf(value: unknown): string {
  if (isBlank(value)) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return kindOfNumber(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

interface Repair {
  /** How the value may be written. */
  example?: string;
  fix?: string;
}

const FIX =
  'Correct the value at its source, or change the path or the transforms of the row that reads it.';

/**
 * A value that is not of the type that was asked for: `expected a number, found text`. The value itself, which may be
 * personal, is nowhere in it.
 */
export class Unreadable extends ServiceError {
  /** What was expected, for a sentence: `a number such as 12.5`. */
  readonly wanted: string;
  /** What was found, with the form of a text: `"99/99/9999"`. */
  readonly found: string;

  constructor(wanted: string, value: unknown, { example, fix = FIX }: Repair = {}) {
    const kind = kindOf(value);
    super(`expected ${wanted}, found ${kind}`, { class: 'validation', fix });
    this.wanted = example === undefined ? wanted : `${wanted} such as ${example}`;
    this.found = kind === 'text' ? `"${formOf(String(value))}"` : kind;
  }
}
