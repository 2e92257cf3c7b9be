import { isTextDigest, sameAsKept } from '../../../sync/kept';
import type { Equality } from '../../../sync/threeWay';
import { isStored, sameValue } from './compare';

const plainText = (text: string): string => text.replaceAll('\r\n', '\n');

function sameLongText(kept: unknown, stored: unknown): boolean {
  return typeof stored === 'string' && sameAsKept(kept, plainText(stored));
}

/** How columns of Dataverse are compared, also with what was sent and kept. */
export const DATAVERSE_EQUALITY: Equality = {
  stands: (column, value, stored) =>
    isTextDigest(value) ? sameLongText(value, stored[column]) : isStored(column, value, stored),
  wasSent: (_column, kept, value) =>
    isTextDigest(kept) ? sameAsKept(kept, value) : sameValue(kept, value),
};
