/** The Dynamics 365 Trigger on a sandbox, as published workflows run it. */
import type { IDataObject, INode } from 'n8n-workflow';

import type { Dataverse } from '../../core/dynamics/dataverse/types';
import type { Row } from '../../core/odata/types';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365Trigger } from '../../nodes/Dynamics365Trigger/Dynamics365Trigger.node';
import { publish, type RunningTrigger, type TriggerOptions } from '../support/trigger';
import { dataverseClient, dataverseCredential } from './dataverse-on-sandbox';
import { type DynamicsOnSandbox, useDynamics } from './dynamics-on-sandbox';

export interface TriggerRig {
  readonly dynamics: DynamicsOnSandbox;
  /** Another program, or a person, who works in the same environment. */
  readonly people: Dataverse;
  start(parameters?: INode['parameters'], options?: Partial<TriggerOptions>): RunningTrigger;
  /** As after a restart: the same workflow and what was saved, and a process that remembers nothing. */
  restart(
    before: RunningTrigger,
    parameters?: INode['parameters'],
    options?: Partial<TriggerOptions>,
  ): RunningTrigger;
  /** A customer of a sales order. */
  customer(): Promise<Row>;
  /** Makes a row through the Web API; its ID. */
  make(set: string, row: Row): Promise<string>;
}

export function useTrigger(): TriggerRig {
  const dynamics = useDynamics();
  let people: Dataverse;
  let workflows = 0;
  beforeAll(() => {
    people = dataverseClient(dynamics.sandbox);
  });
  beforeEach(() => {
    workflows += 1;
  });

  const published = (
    parameters: INode['parameters'],
    staticData: IDataObject,
    options: Partial<TriggerOptions> = {},
  ): RunningTrigger =>
    publish(
      {
        trigger: new Dynamics365Trigger(),
        credentialType: new DynamicsDataverseApi(),
        credential: dataverseCredential(dynamics.sandbox),
        parameters: { receiveBy: 'poll', ...parameters },
        id: `dynamics ${workflows}`,
        ...options,
      },
      staticData,
    );
  const make = async (set: string, row: Row): Promise<string> =>
    (await people.create(set, row)).id ?? '';
  return {
    dynamics,
    get people() {
      return people;
    },
    start: (parameters = {}, options) => published(parameters, {}, options),
    restart: (before, parameters = {}, options = {}) => {
      workflows += 1;
      return published(parameters, before.staticData(), options);
    },
    make,
    customer: async () => ({
      'customerid_account@odata.bind': `/accounts(${await make('accounts', { name: 'Buyer' })})`,
    }),
  };
}

/** What was put out, in short: the event, and what the row is called. */
export const told = (items: IDataObject[] | null, name = 'name'): string[] =>
  (items ?? []).map(({ source, ...row }) => {
    const { event } = source as IDataObject;
    return `${String(event)} ${String(row[name] ?? Object.values(row)[0])}`;
  });
