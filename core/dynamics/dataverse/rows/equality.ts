import { isTextDigest, sameAsKept } from '../../../sync/kept';
import type { Equality } from '../../../sync/threeWay';
import type { Columns } from '../../../sync/threeWay';
import { isStored, lookupColumns, sameValue } from './compare';
import { isRounded } from './rounded';

/** Of a long text only a digest is kept: it may have been sent with either kind of line end, and is stored with either. */
function sameLongText(kept: unknown, stored: unknown): boolean {
  if (typeof stored !== 'string') return false;
  const plain = stored.replaceAll('\r\n', '\n');
  return [stored, plain, plain.replaceAll('\n', '\r\n')].some((text) => sameAsKept(kept, text));
}

const BINDING = '@odata.bind';
/** `/contacts(<guid>)`; any other key is one of which only the service knows the row. */
const BY_GUID = /\([0-9a-f-]{36}\)$/i;

const isBinding = (column: string): boolean => column.endsWith(BINDING);

/** The column of a row as read that a binding writes; undefined where none can be told. */
function lookupOf(binding: string, stored: Columns): string | undefined {
  const navigation = binding.slice(0, -BINDING.length);
  return lookupColumns(navigation).find((column) => column in stored);
}

/**
 * A lookup to tables of several kinds has a binding for each kind, and the last one that was written counts. One that was
 * written by another key than a GUID, or that was not read, cannot be compared: nobody is taken to have changed it.
 */
function boundBy(column: string, sent: Columns, stored: Columns): boolean {
  const lookup = lookupOf(column, stored);
  const writesIt = (other: string): boolean =>
    isBinding(other) && lookup !== undefined && lookupOf(other, stored) === lookup;
  const others = Object.keys(sent).filter((other) => other === column || writesIt(other));
  return others.some((other) => {
    const value = sent[other] ?? null;
    const isComparable = lookup !== undefined && (value === null || BY_GUID.test(String(value)));
    return !isComparable || isStored(other, value, stored);
  });
}

function stands(column: string, value: unknown, stored: Columns): boolean {
  return isTextDigest(value)
    ? sameLongText(value, stored[column])
    : isStored(column, value, stored);
}

/** `contacts(<GUID>)`, whatever slash it begins with and whatever case its key has. Other keys are compared as texts. */
function sameReference(one: unknown, other: unknown): boolean {
  const plain = (value: unknown): unknown =>
    BY_GUID.test(String(value)) ? String(value).replace(/^\//, '').toLowerCase() : value;
  return sameValue(plain(one), plain(other));
}

/** A flag is false where nothing was said of it: the service makes it so. */
const isUnsentFlag = (sent: unknown, stored: unknown): boolean =>
  stored === false && (sent ?? null) === null;

/**
 * How columns of Dataverse are compared, also with what was sent and kept.
 *
 * @param decimals How many a column keeps at least of an amount: mostly those of the currency. Dataverse has two where nothing else is set.
 */
export function dataverseEquality(decimals: (column: string) => number = () => 2): Equality {
  return {
    stands,
    wasSent: (column, kept, value) => {
      if (isTextDigest(kept)) return sameAsKept(kept, value);
      return isBinding(column) ? sameReference(kept, value) : sameValue(kept, value);
    },
    cameOf: (column, sent, stored) =>
      isBinding(column)
        ? boundBy(column, sent, stored)
        : isUnsentFlag(sent[column], stored[column]) ||
          isRounded(sent[column], stored[column], decimals(column)),
  };
}

export const DATAVERSE_EQUALITY: Equality = dataverseEquality();
