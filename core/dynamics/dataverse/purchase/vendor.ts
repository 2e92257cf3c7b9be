import { uniq } from 'lodash';

import { validationError } from '../../../errors';
import type { Row } from '../../../odata/types';
import { guidIn, isBlank } from '../../../values';
import { type FieldServiceNames, textOf } from './names';

/** The lookup, by its column or by its navigation property, whose capitals environments write differently. */
const VENDOR_COLUMN = /^msdyn_vendor(?:@odata\.bind)?$/i;

/** `accounts(…)`, alone or as the end of an address (OData 4.01 URL conventions: addressing entities). */
const ACCOUNT = /^(?:.*\/)?accounts\(([^()]*)\)$/i;

/** `{ "table": "account", "id": "…" }`; the table may be left out, because the lookup has only one. */
function idInReference(value: object): string | undefined {
  const { table, id } = value as { table?: unknown; id?: unknown };
  const isAccount = table === undefined || table === 'account' || table === 'accounts';
  return isAccount ? guidIn(id) : undefined;
}

function idIn(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null) return idInReference(value);
  if (typeof value !== 'string') return undefined;
  return guidIn(value) ?? guidIn(ACCOUNT.exec(value.trim())?.[1]);
}

/**
 * GUID of the vendor of a purchase order: the same however the document spells him. Undefined: it names none.
 *
 * @param name what messages call the document
 * @throws a validation error where nobody can tell who is meant
 */
export function vendorIdOf(
  document: Row,
  names: FieldServiceNames,
  name: string,
): string | undefined {
  const number = textOf(document['vendornumber']);
  if (number !== undefined) return names.vendorId(number).toLowerCase();
  const given = Object.entries(document).flatMap(([column, value]) =>
    VENDOR_COLUMN.test(column) && !isBlank(value) && value !== null ? [value] : [],
  );
  const [id, ...others] = uniq(given.map(idIn));
  if (given.length === 0 || (id !== undefined && others.length === 0)) return id;
  throw validationError(
    `The vendor of purchase order ${name} is given neither by number nor by GUID`,
    'Give vendornumber (account number), or the GUID of the vendor in msdyn_vendor.',
  );
}
