import { maxBy } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { equalsText, folded } from '../../../../core/dynamics/dataverse/filters';
import {
  getOperation,
  listOperation,
  readPage,
} from '../../../../core/dynamics/dataverse/operations';
import type { SalesDocument } from '../../../../core/dynamics/dataverse/sales/salesDocument';
import { ServiceError } from '../../../../core/errors';
import { answerOf, sendAll } from '../../../../core/odata/sendAll';
import type { BatchAnswer, ReadOptions, Row, SingleOperation } from '../../../../core/odata/types';
import { settle } from '../../../../core/outcome';
import { outputField } from '../../../shared/fields';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { readOptionFields } from '../../../shared/table/fields/options';
import { readingOptions } from '../../../shared/table/fields/reading';
import { tableReader } from '../../../shared/table/reader';
import { plainRow, readOptions } from '../../../shared/table/reading';
import { versionOf } from '../../../shared/table/version';
import { dataverseKeys } from '../../keys';
import { setUp } from '../../options';
import { dataverseTables } from '../../tables';
import type { SalesResource } from './resource';

const numberField = ({ number, document }: SalesResource): INodeProperties => ({
  displayName: number.displayName,
  name: number.name,
  type: 'string',
  default: '',
  required: true,
  placeholder: number.placeholder,
  description: `Number of the ${document.words.short} (${document.number}) as Dynamics 365 shows it`,
});

const includeLines = ({ words, lines }: SalesDocument): INodeProperties => ({
  displayName: 'Include Lines',
  name: 'includeLines',
  type: 'boolean',
  default: true,
  description: `Whether to add the lines of the ${words.short} as ${lines.property}`,
});

function withLines({ lines }: SalesDocument, reading: ReadOptions, wanted: boolean): ReadOptions {
  const expand = reading.expand ?? [];
  const already = expand.some(({ property }) => property === lines.property);
  return wanted && !already
    ? { ...reading, expand: [...expand, { property: lines.property }] }
    : reading;
}

interface Question {
  operation: SingleOperation;
  /** Set where the answer is a list. */
  number?: string;
}

function rowOf(resource: SalesResource, { number }: Question, answer: BatchAnswer): Row {
  return number === undefined
    ? (answer.body as Row)
    : withNumber(resource, number, readPage(answer).rows);
}

/** Several revisions may have one number: the latest is meant. */
function withNumber({ document, number: field }: SalesResource, number: string, rows: Row[]): Row {
  const found = rows.filter((row) => folded(row[document.number]) === folded(number));
  const row = maxBy(found, (one) => Number(one[field.revision ?? ''] ?? 0));
  if (row) return row;
  throw new ServiceError(`There is no ${document.words.name} with the number "${number}"`, {
    class: 'not-found',
    fix: `Check ${field.displayName}; it is what Dynamics 365 calls ${field.calledThere}, not the number in the shop.`,
  });
}

/** Of a document that is found by its number: which columns it takes to tell which one it is. */
function byNumber(
  { document, number: { revision } }: SalesResource,
  reading: ReadOptions,
  number: string,
): Question {
  const needed = [document.number, ...(revision === undefined ? [] : [revision])];
  const select = reading.select && [...reading.select, ...needed];
  const query = { ...reading, select, filter: equalsText(document.number, number) };
  return { operation: listOperation(document.set, query), number };
}

/** By ID, alternate key or number, with its lines. */
export function getSalesDocument(resource: SalesResource): Operation {
  const { subject, document, number } = resource;
  return {
    name: 'Get',
    value: 'get',
    action: `Get ${subject.noun}`,
    description: `Get one ${subject.noun} with its lines for each item`,
    properties: [
      ...dataverseKeys.fields(subject, [numberField(resource)]),
      includeLines(document),
      readOptionFields(dataverseTables, [
        ...dataverseTables.options.batch,
        ...readingOptions(dataverseTables),
        outputField,
      ]),
    ],
    onlyReads: true,
    async start(context) {
      const { client, metadata, options } = await setUp(context);
      const reader = tableReader(context, { subject, metadata });
      return itemSteps<Question, Row>({
        prepare: (_item, index) => {
          const reading = withLines(
            document,
            readOptions(options),
            reader.read<boolean>('includeLines', index),
          );
          if (reader.read<string>('keyType', index) === number.name) {
            return byNumber(resource, reading, String(reader.read(number.name, index)).trim());
          }
          const key = dataverseKeys.read(reader, subject, index);
          return { operation: getOperation(document.set, key, reading) };
        },
        run: async (questions) => {
          const answers = await sendAll(
            client,
            questions.map(({ operation }) => operation),
          );
          return await Promise.all(
            questions.map((question, index) =>
              settle(() => rowOf(resource, question, answerOf(answers[index]))),
            ),
          );
        },
        output: (item, row, index) => {
          const shown = { ...versionOf(row, options), ...plainRow(row) };
          return withResult(item, options.outputField ?? '', shown, index);
        },
      });
    },
  };
}
