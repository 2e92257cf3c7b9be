/** What all kinds of records of Clarity have in common in the panel. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { RecordQuery } from '../../../core/stores/clarity/client';
import type { ResourceName } from '../../../core/stores/clarity/profile/schema';
import { textIn } from '../../../core/values';
import { moment } from '../../shared/entry';
import { documentOf } from '../../shared/input';
import type { Operation } from '../../shared/operation';
import { type ListChoice, listFields } from '../../shared/records/list';
import { recordOperation } from '../../shared/records/operation';
import { inputField } from '../../shared/records/values';
import { clarity, type Store } from '../connection';

interface Filters {
  changedSince?: Date;
}

const filters: INodeProperties[] = [
  moment('Changed Since', 'changedSince', {
    description: 'For records of which the API profile names the parameter that asks for changes',
  }),
];

export const list = listFields<Store, RecordQuery, Filters, never>({
  filters,
  query: ({ filters: given }: ListChoice<Filters, never>): RecordQuery => given,
});

const externalId: INodeProperties = {
  displayName: 'External ID',
  name: 'externalId',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. ERP-1042',
  description: 'The key that the record has in the other system',
};

/** Makes or changes the record of an external id: twice the same is once. */
export function upsert(one: string, resource: ResourceName): Operation {
  return recordOperation<Store, []>(clarity, {
    name: 'Create or Update',
    value: 'upsert',
    action: `Create or update ${one}`,
    description: 'Create a new record, or update the current one if it already exists (upsert)',
    on: [],
    fields: [externalId, inputField],
    work: async ({ client }, _ids, { item, index, read }) => {
      const key = (textIn(read<unknown>(externalId.name, index)) ?? '').trim();
      if (key === '') throw validationError('External ID is empty', 'Give the key of the record.');
      const document = documentOf(item, read<string>(inputField.name, index).trim());
      if (!document) {
        throw validationError(
          'There is nothing to write',
          `Let the input item hold the fields, or name in ${inputField.displayName} which field of it does.`,
        );
      }
      return (await client.resource(resource).upsert(key, document)) as IDataObject;
    },
  });
}
