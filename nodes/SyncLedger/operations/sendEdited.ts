import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { identityName, type Identity } from '../../../core/commerce/identity';
import { validationError } from '../../../core/errors';
import type { Edit } from '../../../core/ledger/ledger';
import type { Operation } from '../../shared/operation';
import type { ParameterReader } from '../../shared/parameters';
import { recordFields } from '../fields/record';
import { scopeFields } from '../fields/scope';
import { revising } from './revising';

const documentField: INodeProperties = {
  displayName: 'Changed Document',
  name: 'document',
  type: 'json',
  default: '={{ $json.document }}',
  required: true,
  description:
    'The whole document as it is to be sent. List Dead Letters and List Held put it out as "document": change its fields with Edit Fields, or write it here.',
};

const FIX =
  'Take the field "document" as List Dead Letters puts it out, and change in it what was refused.';

function parsed(given: unknown): unknown {
  if (typeof given !== 'string' || given.trim() === '') return given;
  try {
    return JSON.parse(given);
  } catch {
    throw validationError('The Changed Document is no JSON', FIX);
  }
}

function isDocument(value: unknown): value is IDataObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
  );
}

/** A document of another record in the place of this one would send that one under this one's name. */
function requireSameRecord({ source }: IDataObject, key: string): void {
  if (typeof source !== 'object' || source === null) return;
  if (identityName(source as unknown as Identity) === key) return;
  throw validationError(
    `The Changed Document is of another record: its "source" does not belong to ${key}`,
    'Leave "source" as it is; it says which record this is, and cannot be changed.',
  );
}

function documentOf(read: ParameterReader, index: number): IDataObject {
  const document = parsed(read<unknown>('document', index));
  if (isDocument(document)) return document;
  throw validationError('The Changed Document is empty', FIX);
}

export const sendEdited: Operation = {
  name: 'Send Edited',
  value: 'sendEdited',
  action: 'Send edited records',
  description:
    'Send dead letters, held records and waiting retries again with a document that a person has changed. What came from the shop is kept; when it changes there, that wins.',
  properties: [
    documentField,
    ...recordFields('key', 'number', 'source', 'fields'),
    ...scopeFields(),
  ],
  start: async (context) =>
    await revising<IDataObject, Edit & { key: string }>(context, {
      prepare: (read, _item, index) => documentOf(read, index),
      request: (document, reference) => {
        requireSameRecord(document, reference.key);
        return { ...reference, document };
      },
      apply: (ledger, edits) => ledger.edit(edits),
    }),
};
