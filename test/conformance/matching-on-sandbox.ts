/** Customers of a shop's orders on the sandbox's Dynamics 365, as the template has their step. */
import type { IDataObject } from 'n8n-workflow';

import { compileMapping } from '../../core/mapping/compile';
import { DOCUMENTS, findPreset } from '../../core/presets';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, runNode } from '../engine';
import { dataverseClient, dataverseCredential } from './dataverse-on-sandbox';

const preset = findPreset('xcart.order', 'dataverse.salesorder');
const mapping = preset && compileMapping(preset, { documents: DOCUMENTS });
export const SOURCE = { platform: 'xcart', store: 'main' };

/** An order of the shop as Commerce Map puts it out. */
export function orderOf(id: number, customer: object, name = 'Kim Smith'): IDataObject {
  const [firstname, lastname] = name.split(' ');
  const order = {
    id,
    order_number: String(id),
    currency: 'USD',
    sub_total: 5,
    total: 5,
    items: [{ id, sku: 'HMR-16', name: 'Hammer', item_net_price: 5, amount: 1 }],
    billing_address: { firstname, lastname, country_code: 'US' },
    surcharges: [],
    ...customer,
  };
  const result = mapping?.map(order, { source: SOURCE });
  if (!result?.ok) throw result?.error ?? new Error('there is no such preset');
  return {
    ...result.document,
    source: { ...SOURCE, kind: 'order', id: String(id) },
  } as IDataObject;
}

export interface Customers {
  sandbox: RunningSandbox;
  rows(set?: string): IDataObject[];
  /** A contact that a person enters, and its id. */
  enter(number: number, more?: object): Promise<string>;
  /** Runs an operation of the Dynamics 365 node on columns in a field. */
  run(operation: object, input: IDataObject[]): Promise<NodeRun>;
  /** The customer step alone. */
  match(orders: IDataObject[], rules?: object): Promise<NodeRun>;
  /** The customer step and the order; what the customer step put out. */
  send(orders: IDataObject[], rules?: object): Promise<NodeRun>;
}

/** Starts a sandbox for the tests of a file; each of them begins with an empty one. */
export function useCustomers(): Customers {
  let sandbox: RunningSandbox | undefined;
  const running = (): RunningSandbox => {
    if (!sandbox) throw new Error('The sandbox has not been started');
    return sandbox;
  };
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox?.stop());
  beforeEach(() => sandbox?.reset());

  const customers: Customers = {
    get sandbox() {
      return running();
    },
    rows: (set = 'contacts') =>
      (running().services.dataverse.rows(set) ?? []) as unknown as IDataObject[],
    async enter(number, more = {}) {
      const contactid = `7b1f9a06-0000-4000-8000-${String(number).padStart(12, '0')}`;
      await dataverseClient(running()).create('contacts', {
        contactid,
        firstname: 'Kim',
        lastname: 'Smith',
        emailaddress1: 'kim@example.com',
        ...more,
      });
      return contactid;
    },
    run: async (operation, input) =>
      await runNode({
        nodeType: new Dynamics365(),
        parameters: { columnsSource: 'field', ...operation } as never,
        credentialTypes: [new DynamicsDataverseApi()],
        credentials: { dynamicsDataverseApi: dataverseCredential(running()) },
        input,
        onError: 'continueErrorOutput',
      }),
    match: async (orders, rules = {}) =>
      await customers.run(
        {
          resource: 'contact',
          operation: 'match',
          columnsField: 'contact',
          options: { outputField: 'writtenContact' },
          ...rules,
        },
        orders,
      ),
    async send(orders, rules = {}) {
      const matched = await customers.match(orders, rules);
      await customers.run(
        {
          resource: 'salesOrder',
          operation: 'upsert',
          columnsField: 'salesorder',
          options: { outputField: 'result' },
        },
        matched.output(0),
      );
      return matched;
    },
  };
  return customers;
}

/** What the customer step says of each item that it let through. */
export const resultsOf = (matched: NodeRun): IDataObject[] =>
  matched.output(0).map(({ writtenContact }) => writtenContact as IDataObject);
