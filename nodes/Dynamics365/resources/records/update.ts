import type { Operation } from '../../../shared/operation';
import { columnFields } from '../../fields/columns';
import { rowWriteOptionFields } from '../../fields/options';
import { writeKeyFields } from '../../fields/rowKey';
import { tableFields } from '../../fields/table';
import type { Subject } from '../../subjects';
import { writeSteps } from './write';

export function update(subject: Subject): Operation {
  return {
    name: 'Update',
    value: 'update',
    action: `Update ${subject.noun}`,
    description: `Change columns of an existing ${subject.noun}; one that is missing is not created`,
    properties: [
      ...tableFields(subject),
      ...writeKeyFields(subject),
      ...columnFields,
      rowWriteOptionFields(),
    ],
    start: (context) => writeSteps(context, subject, 'update'),
  };
}
