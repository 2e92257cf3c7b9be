import type { Operation } from '../../../shared/operation';
import { columnFields } from '../../fields/columns';
import { rowWriteOptionFields } from '../../fields/options';
import { writeKeyFields } from '../../fields/rowKey';
import { tableFields } from '../../fields/table';
import type { Subject } from '../../subjects';
import { writeSteps } from './write';

export function upsert(subject: Subject): Operation {
  return {
    name: 'Create or Update',
    value: 'upsert',
    action: `Create or update ${subject.noun}`,
    description: 'Create a new record, or update the current one if it already exists (upsert)',
    properties: [
      ...tableFields(subject),
      ...writeKeyFields(subject),
      ...columnFields,
      rowWriteOptionFields(),
    ],
    start: (context) => writeSteps(context, subject, 'upsert'),
  };
}
