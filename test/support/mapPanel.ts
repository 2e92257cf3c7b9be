import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { loadOptions } from '../../nodes/CommerceMap/methods';
import { runNode } from '../engine';

/** Commerce Map as a person uses it: an order, and rows of Field Overrides chosen by the names of the list. */

export const FROM = { from: 'xcart.order', to: 'dataverse.salesorder' };
export const LINE = { id: 1, sku: 'A', name: 'Cup', item_net_price: 25, amount: 2 };

export function order(changes: object = {}): IDataObject {
  return {
    id: 1042,
    order_number: '1001',
    total: 56.4,
    sub_total: 50,
    email: 'ada@example.com',
    currency: 'USD',
    items: [LINE],
    billing_address: { firstname: 'Ada', lastname: 'Byron', country_code: 'US' },
    customer_id: 15,
    surcharges: [{ type: 'tax', code: 'VAT', include: false, value: 6.4 }],
    source: { platform: 'xcart', store: 'main', kind: 'order', id: '1042', event: 'poll' },
    ...changes,
  } as IDataObject;
}

export const oneLine = (changes: object) => ({ items: [{ ...LINE, ...changes }] });

export function run(
  document: IDataObject,
  rows: object[] = [],
  parameters: object = FROM,
  mode?: 'manual',
) {
  return runNode({
    mode,
    nodeType: new CommerceMap(),
    parameters: {
      operation: 'map',
      ...parameters,
      fieldOverrides: { rows },
    } as unknown as INodeParameters,
    input: [document],
  });
}

type Context = ThisParameterType<typeof loadOptions.getTargetFields>;

export async function listed(parameters: Record<string, string> = FROM) {
  const context = {
    getCurrentNodeParameter: (name: string) => parameters[name],
    getNode: () => ({}),
  };
  return await loadOptions.getTargetFields.call(context as unknown as Context);
}

/** The value that the list of target fields saves for a row, by the name that it shows. */
export async function target(name: string, parameters?: Record<string, string>): Promise<string> {
  const found = (await listed(parameters)).filter((option) => option.name === name);
  expect(found).toHaveLength(1);
  return String(found[0]?.value);
}

export async function refusal(document: IDataObject): Promise<string> {
  const { error } = await run(document);
  return (error as (Error & { description?: string }) | undefined)?.description ?? '';
}

export function namesIn(fix: string): string[] {
  return [...fix.matchAll(/"(Common Order: [^"]+)"/g)].map(([, name = '']) => name);
}

export type Given = Record<string, string | object>;

/** A row of the panel: text is a fixed value. */
export async function rowFor(name: string, given: string | object) {
  const source = typeof given === 'string' ? { source: 'value', value: given } : given;
  return { target: await target(name), ...source };
}

/** The sales order of an order with rows of the panel. */
export async function salesorder(
  rows: object | object[],
  changes: object = {},
  parameters: object = FROM,
) {
  const { error, output } = await run(order(changes), [rows].flat(), parameters);
  expect(error).toBeUndefined();
  return output()[0]?.salesorder as IDataObject & { order_details: IDataObject[] };
}

/** What the node says of rows that it refuses when a person tries them, and how to repair them. */
export async function refused(
  rows: object | object[],
  changes: object = {},
  parameters: object = FROM,
): Promise<string> {
  const { error } = await run(order(changes), [rows].flat(), parameters, 'manual');
  const { message, description } = error as Error & { description?: string };
  return `${message} → ${description}`;
}

/** A target that is not in the list. */
export const other = (otherTarget: string) => ({ target: 'other', otherTarget });
