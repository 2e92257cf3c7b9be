import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { XCart } from '../../../core/stores/xcart/client';
import type { ParameterReader } from '../../shared/parameters';

interface TextMode {
  title: string;
  mode: string;
  example: string;
}

/** "Which record": from a list, by ID, and by what else identifies it. */
function locator(
  displayName: string,
  name: string,
  searchListMethod: string,
  more: TextMode[] = [],
): INodeProperties {
  return {
    displayName,
    name,
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod, searchable: true },
      },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
        placeholder: 'e.g. 1042',
        validation: [
          {
            type: 'regex',
            properties: { regex: '^\\d+$', errorMessage: 'An ID is a whole number' },
          },
        ],
      },
      ...more.map(({ title, mode, example }) => ({
        displayName: title,
        name: mode,
        type: 'string' as const,
        placeholder: example,
      })),
    ],
  };
}

export const orderLocator = locator('Order', 'order', 'searchOrders', [
  { title: 'By Number', mode: 'number', example: 'e.g. 1001' },
]);
export const productLocator = locator('Product', 'product', 'searchProducts');
export const variantLocator = locator('Variant', 'variant', 'searchVariants');
export const customerLocator = locator('Customer', 'customer', 'searchCustomers', [
  { title: 'By Email', mode: 'email', example: 'e.g. name@email.com' },
]);
export const addressLocator = locator('Address', 'address', 'searchAddresses');
export const categoryLocator = locator('Category', 'category', 'searchCategories');

interface Located {
  mode: string;
  value: string;
}

/** A tool call or an old workflow may give the bare value. */
function located(read: ParameterReader, { name, displayName }: INodeProperties, index: number) {
  const given = read<Partial<Located> | string | number | undefined>(name, index);
  const { mode, value }: Partial<Located> =
    typeof given === 'object' && given !== null
      ? given
      : { mode: 'id', value: String(given ?? '') };
  const text = String(value ?? '').trim();
  if (text !== '') return { mode: mode ?? 'id', value: text };
  throw validationError(
    `${displayName} is empty`,
    `Choose one from the list, or give its ID in the field ${displayName}.`,
  );
}

function numeric(value: string, displayName: string): string {
  if (/^\d+$/.test(value)) return value;
  throw validationError(
    `The ID of ${displayName} is not a whole number: "${value.slice(0, 40)}"`,
    'Use the ID that the store itself gives the record.',
  );
}

/** Id of the record that a locator without further modes names. */
export function idOf(read: ParameterReader, field: INodeProperties, index: number): string {
  return numeric(located(read, field, index).value, field.displayName);
}

export async function orderIdOf(
  client: XCart,
  read: ParameterReader,
  index: number,
): Promise<string> {
  const { mode, value } = located(read, orderLocator, index);
  if (mode === 'number') return String((await client.orders.byNumber(value)).id);
  return numeric(value, orderLocator.displayName);
}

export function orderNumberOf(read: ParameterReader, index: number): string | undefined {
  const { mode, value } = located(read, orderLocator, index);
  return mode === 'number' ? value : undefined;
}

export async function customerIdOf(
  client: XCart,
  read: ParameterReader,
  index: number,
): Promise<string> {
  const { mode, value } = located(read, customerLocator, index);
  if (mode !== 'email') return numeric(value, customerLocator.displayName);
  for await (const page of client.profiles.pages({ email: value })) {
    const found = page.find(({ login }) => login?.toLowerCase() === value.toLowerCase());
    if (found) return String(found.id);
  }
  throw validationError(
    'No customer has this e-mail address',
    'Check the address in the field Customer, or create the customer first.',
  );
}
