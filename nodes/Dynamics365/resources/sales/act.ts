import { get, upperFirst } from 'lodash';
import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../../core/errors';
import type { OnceOptions } from '../../../../core/dynamics/dataverse/sales/once';
import type { Dataverse } from '../../../../core/dynamics/dataverse/types';
import type { Outcome } from '../../../../core/outcome';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { changeOptionFields } from '../../../shared/table/fields/options';
import { type TableReader, tableReader } from '../../../shared/table/reader';
import { dataverseKeys } from '../../keys';
import { setUp } from '../../options';
import { dataverseTables } from '../../tables';
import type { SalesResource } from './resource';

/** What is done to a document that is there, which is found by its ID. */
export interface Act<Work extends { id: string }, Result> {
  name: string;
  value: string;
  /** As n8n's list of actions has it: `Fulfill sales order`. */
  action: string;
  description: string;
  fields?: INodeProperties[];
  /** What a document is called with which it has been done: `Fulfilled`. Left out: doing it again does nothing. */
  doneName?: string;
  prepare(reader: TableReader, id: string, index: number): Work;
  run(client: Dataverse, work: Work[], options: OnceOptions): Promise<Outcome<Result>[]>;
  shown(result: Result): object;
}

/** Text of the activity that records what is done. */
export const subjectField: INodeProperties = {
  displayName: 'Subject',
  name: 'subject',
  type: 'string',
  default: '',
  placeholder: 'e.g. Told by the web store',
  description:
    'Text of the activity that records the change. Leave empty for the name of the operation.',
};

/** The path of a field costs nothing for each item, where an expression does. */
const idField = ({ field, document }: SalesResource): INodeProperties => ({
  displayName: 'ID From Field',
  name: 'idField',
  type: 'string',
  default: '',
  required: true,
  placeholder: `e.g. ${field}.${document.key}`,
  description:
    'Name of the input field that holds the ID, such as the key that Commerce Map has made; dots lead deeper',
});

function idInField(
  { field, document }: SalesResource,
  reader: TableReader,
  { json }: INodeExecutionData,
  index: number,
): string {
  const path = reader.read<string>('idField', index).trim();
  const id: unknown = get(json, path);
  if (typeof id === 'string' && id.trim() !== '') return id.trim();
  throw validationError(
    `The field "${path}" of this item holds no ID of ${document.words.aShort}`,
    `Name in ID From Field the field that does, such as ${field}.${document.key} behind Commerce Map.`,
  );
}

function calmOptions({ document }: SalesResource, doneName?: string): INodeProperties[] {
  const { aShort } = document.words;
  const whenDone: INodeProperties = {
    displayName: `When Already ${upperFirst(doneName)}`,
    name: 'whenClosed',
    type: 'options',
    default: 'fail',
    description: `What to do with ${aShort} that is ${doneName?.toLowerCase()} already`,
    options: [
      { name: 'Fail', value: 'fail', description: 'Treat the item as failed' },
      { name: 'Skip', value: 'skip', description: 'Put the item out as unchanged' },
    ],
  };
  const whenNotFound: INodeProperties = {
    displayName: 'When Not Found',
    name: 'whenNotFound',
    type: 'options',
    default: 'fail',
    description: `What to do with ${aShort} that is not in Dynamics 365`,
    options: [
      { name: 'Fail', value: 'fail', description: 'Treat the item as failed' },
      { name: 'Skip', value: 'skip', description: 'Put the item out as skipped' },
    ],
  };
  return doneName === undefined ? [whenNotFound] : [whenDone, whenNotFound];
}

export function actOperation<Work extends { id: string }, Result>(
  resource: SalesResource,
  act: Act<Work, Result>,
): Operation {
  const { subject, document } = resource;
  return {
    name: act.name,
    value: act.value,
    action: act.action,
    description: act.description,
    properties: [
      ...dataverseKeys.fields(subject, [idField(resource)]),
      ...(act.fields ?? []),
      changeOptionFields(dataverseTables, calmOptions(resource, act.doneName)),
    ],
    async start(context) {
      const { client, metadata, options, headers } = await setUp(context);
      const reader = tableReader(context, { subject, metadata });
      return itemSteps<Work, Result>({
        prepare: (item, index) => {
          const isInField = reader.read<string>('keyType', index) === 'idField';
          const id = isInField
            ? idInField(resource, reader, item, index)
            : dataverseKeys.read(reader, subject, index);
          if (typeof id === 'string') return act.prepare(reader, id, index);
          throw validationError(
            `${act.name} takes the ID of ${document.words.aShort}`,
            'Set Find By to ID or ID From Field. Get finds the ID by an alternate key.',
          );
        },
        run: async (work) => {
          const { whenClosed: whenDone, whenNotFound } = options;
          return await act.run(client, work, { whenDone, whenNotFound, headers });
        },
        output: (item, result, index) =>
          withResult(item, options.outputField ?? '', act.shown(result), index),
      });
    },
  };
}
