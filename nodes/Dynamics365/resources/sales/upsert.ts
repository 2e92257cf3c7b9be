import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { refuseShared } from '../../../../core/dynamics/dataverse/sales/oneRecord';
import type { SalesResult } from '../../../../core/dynamics/dataverse/sales/result';
import type { SalesDocument } from '../../../../core/dynamics/dataverse/sales/salesDocument';
import { writeSalesDocuments } from '../../../../core/dynamics/dataverse/sales/write';
import type { Row } from '../../../../core/odata/types';
import type { Outcome } from '../../../../core/outcome';
import { guidIn } from '../../../../core/values';
import { conflictOptions, conflictsOf, factsOf, FROM_A_SHOP } from '../../../shared/conflicts';
import { withResult } from '../../../shared/input';
import { recordOf } from '../../../shared/itemRecord';
import { memoryFor } from '../../../shared/memory';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { columnFieldsOfDocument } from '../../../shared/table/fields/columns';
import { documentWriteOptionFields } from '../../../shared/table/fields/options';
import { tableReader } from '../../../shared/table/reader';
import { setUp, systemOf } from '../../options';
import { dataverseTables } from '../../tables';
import { noteDocuments } from './executionData';
import { referenceOption, referenceWriter } from './reference';
import type { SalesResource } from './resource';

const ownOptions = ({ words: { short, aShort } }: SalesDocument): INodeProperties[] => [
  {
    displayName: 'Fail on Total Difference',
    name: 'failOnTotalDifference',
    type: 'boolean',
    default: false,
    description: `Whether ${aShort} whose total differs from its expectedtotal counts as failed; it is written all the same`,
  },
  {
    displayName: 'Unknown Products',
    name: 'unknownProducts',
    type: 'options',
    default: 'fail',
    description: 'What to do with a line whose SKU (productnumber) is not in Dynamics 365',
    options: [
      { name: 'Fail', value: 'fail', description: `Do not write the ${short}` },
      {
        name: 'Write In',
        value: 'write-in',
        description: 'Write the line with the description of the product in place of a product',
      },
    ],
  },
];

function shown<N extends string>({ number }: SalesDocument<N>, result: SalesResult<N>): object {
  const { id, outcome, name, totalamount, lines, totaldifference, decisions, notes } = result;
  return {
    id,
    outcome,
    [number]: result[number],
    name,
    totalamount,
    lines,
    totaldifference,
    ...(decisions && { decisions }),
    ...(notes && { notes }),
  };
}

interface Work {
  document: Row;
  item: INodeExecutionData;
}

/** As the writer spells it. */
const idOf = (id: unknown): string => guidIn(id) ?? String(id);

/** With lines, prices as given, and each document exactly once. */
export function upsertSalesDocument<N extends string>(resource: SalesResource<N>): Operation {
  const { subject, document: kind, field } = resource;
  return {
    name: 'Create or Update',
    value: 'upsert',
    action: `Create or update ${subject.noun} with lines`,
    description: 'Create a new record, or update the current one if it already exists (upsert)',
    properties: [
      ...columnFieldsOfDocument(field),
      documentWriteOptionFields(dataverseTables, [
        ...ownOptions(kind),
        referenceOption,
        ...conflictOptions(FROM_A_SHOP, 'getWritableColumns', kind.lines.property),
      ]),
    ],
    async start(context) {
      const { client, metadata, options } = await setUp(context);
      const reader = tableReader(context, {
        subject,
        metadata,
        service: client.service,
        whenMissing: options.whenMissing,
      });
      const withReference = referenceWriter(options.shopReferencePrefix);
      return itemSteps<Work, SalesResult<N>>({
        prepare: (item, index) => {
          const document = reader.columns(item, index);
          return document && { document: withReference(document, item), item };
        },
        run: async (all) => {
          const refused = refuseShared(
            kind,
            all.map(({ document }) => document),
            all.map(({ item }) => recordOf(item)),
          );
          const acceptedAt = [...all.keys()].filter((place) => !refused[place]);
          const accepted = acceptedAt.flatMap((place) => all[place] ?? []);
          const documents = accepted.map(({ document }) => document);
          const items = accepted.map(({ item }) => item);
          const places = new Map(documents.map((row, place) => [idOf(row[kind.key]), place]));
          const table = { system: systemOf(client), table: field };
          const written = await writeSalesDocuments(client, kind, documents, {
            ...options,
            conflicts: conflictsOf(options),
            factsOf: (place) => factsOf(items[place]),
            placeOf: (place) => acceptedAt[place] ?? place,
            memory: memoryFor(context, items).of(table, (id) => places.get(id)),
          });
          const rest = written.values();
          const outcomes = refused.map((error): Outcome<SalesResult<N>> =>
            error ? { ok: false, error } : (rest.next().value as Outcome<SalesResult<N>>),
          );
          noteDocuments(
            context,
            resource,
            all.map(({ document }) => document),
            outcomes,
          );
          return outcomes;
        },
        output: (item, result, index) =>
          withResult(item, options.outputField ?? '', shown(kind, result), index),
      });
    },
  };
}
