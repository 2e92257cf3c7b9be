import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Metadata, Table } from '../../../../core/dynamics/tables';
import { validationError } from '../../../../core/errors';
import { isRow } from '../../../../core/odata/answers';
import {
  type Call,
  callableOf,
  callOperation,
  parametersOf,
  type Place,
} from '../../../../core/odata/calls';
import { sendPlaced } from '../../../../core/odata/sendAll';
import type { BatchAnswer, ODataClient, Row, SingleOperation } from '../../../../core/odata/types';
import { withResult } from '../../input';
import type { Operation } from '../../operation';
import { itemSteps } from '../../steps';
import { callFields } from '../fields/call';
import { changeOptionFields } from '../fields/options';
import { type TableReader, tableReader } from '../reader';
import { plainRow } from '../reading';
import type { CallService, Subject, TableOptions, TableService } from '../service';

type Kind = Call['kind'] | 'auto';

interface Caller {
  service: TableService;
  calls: CallService;
  subject: Subject;
  reader: TableReader;
  client: ODataClient;
  metadata: Metadata;
}

/** Where an item's call is made. */
async function placeOf(
  { service, subject, reader }: Caller,
  index: number,
): Promise<{ place: Place; bound?: Call['bound'] }> {
  const on = reader.read<Place['on']>('boundTo', index);
  if (on === 'nothing') return { place: { on } };
  const table: Table = await reader.table(index);
  const place: Place = { on, type: table.logicalName };
  if (on === 'set') return { place, bound: { set: table.entitySetName } };
  const key = service.keys.read(reader, subject, index);
  return { place, bound: { set: table.entitySetName, key } };
}

interface Entered {
  parameter?: Array<{ name?: string; value?: unknown }>;
}

function entered({ parameter = [] }: Entered): IDataObject {
  return Object.fromEntries(
    parameter.map(({ name = '', value }) => {
      if (name.trim() !== '') return [name.trim(), value];
      throw validationError('A parameter has no name', 'Choose its name, or remove it.');
    }),
  ) as IDataObject;
}

function inJson(given: unknown): IDataObject {
  if (isRow(given)) return given as IDataObject;
  try {
    const made: unknown = JSON.parse(String(given).trim() || '{}');
    if (isRow(made)) return made as IDataObject;
  } catch {
    // Said below, as what is JSON and no object.
  }
  throw validationError(
    'Parameters (JSON) is not a JSON object',
    'Write it as {"Name": "value"}, and check its commas and quotes.',
  );
}

function parametersIn({ reader: { read } }: Caller, index: number): IDataObject {
  return read<string>('parametersFrom', index) === 'json'
    ? inJson(read<unknown>('parametersJson', index, '{}'))
    : entered(read<Entered>('parameters', index, {}));
}

async function callOf(caller: Caller, index: number, options: TableOptions): Promise<Call> {
  const { client, calls, reader } = caller;
  const name = reader.located('callable', index);
  if (name === '') {
    throw validationError(
      'Action or Function is empty',
      'Choose one from the list, or set its name.',
    );
  }
  const { place, bound } = await placeOf(caller, index);
  const given: Row = parametersIn(caller, index);
  const kind = reader.read<Kind>('kind', index);
  const common = { bound, repeatable: options.repeatable };
  if (kind !== 'auto') return { ...common, name, kind, parameters: given };
  const callables = await calls.callables(client);
  const found = callableOf(callables, name, place);
  return {
    ...common,
    name: found.name,
    kind: found.kind,
    parameters: parametersOf(found, given, callables, client.service.namespace),
  };
}

/** A list is put out one by one, unless it is to stand on the item. */
function shown(
  item: INodeExecutionData,
  { body }: BatchAnswer,
  index: number,
  { outputField = '' }: TableOptions,
): INodeExecutionData[] {
  const result = isRow(body) ? plainRow(body) : { success: true };
  const { value } = result;
  const rows = Array.isArray(value) && value.every(isRow) && outputField === '' ? value : [result];
  return rows.map((row) => withResult(item, outputField, row, index));
}

/** Any action or function that the service has, of its own or of those who customised it. */
export function call(service: TableService, calls: CallService, subject: Subject): Operation {
  return {
    name: 'Call Action or Function',
    value: 'call',
    action: 'Call action or function',
    description:
      'Call an action or function of the environment for each item, for example a custom API, on a table, on one of its rows or by itself',
    properties: [
      ...callFields(service, calls, subject),
      changeOptionFields(service, [
        {
          displayName: 'Repeat After a Doubtful Answer',
          name: 'repeatable',
          type: 'boolean',
          default: false,
          description:
            'Whether an action is sent again where nobody knows whether it was carried out, such as after a lost connection; switch it on only where twice does no harm. Functions change nothing and are repeated in any case.',
        },
      ]),
    ],
    async start(context) {
      const { client, metadata, options, headers } = await service.open(context);
      const reader = tableReader(context, { subject, metadata });
      const caller = { service, calls, subject, reader, client, metadata };
      return itemSteps<SingleOperation, BatchAnswer>({
        prepare: async (_item, index) =>
          callOperation(client, { ...(await callOf(caller, index, options)), headers }),
        run: (all) => sendPlaced(client, all),
        output: (item, answer, index) => shown(item, answer, index, options),
      });
    },
  };
}
