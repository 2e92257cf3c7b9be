import type { Operation } from '../../../shared/operation';
import { columnFields } from '../../fields/columns';
import { rowWriteOptionFields } from '../../fields/options';
import { tableFields } from '../../fields/table';
import type { Subject } from '../../subjects';
import { writeSteps } from './write';

export function create(subject: Subject): Operation {
  return {
    name: 'Create',
    value: 'create',
    action: `Create ${subject.noun}`,
    description: `Create one new ${subject.noun} for each item`,
    properties: [...tableFields(subject), ...columnFields, rowWriteOptionFields()],
    start: (context) => writeSteps(context, subject, 'create'),
  };
}
