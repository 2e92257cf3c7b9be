import type { Operation } from '../../operation';
import { columnFields } from '../fields/columns';
import { rowChangeOptionFields } from '../fields/options';
import { tableFields } from '../fields/table';
import type { Subject, TableService } from '../service';
import { ifMatchOption } from '../version';
import { writeSteps } from './write';

export function update(service: TableService, subject: Subject): Operation {
  return {
    name: 'Update',
    value: 'update',
    action: `Update ${subject.noun}`,
    description: `Change columns of an existing ${subject.noun}; one that is missing is not created`,
    properties: [
      ...tableFields(service, subject),
      ...service.keys.fieldsOfWrite(subject),
      ...columnFields(service, 'update'),
      rowChangeOptionFields(service, [ifMatchOption]),
    ],
    start: (context, places) => writeSteps(context, service, subject, 'update', places),
  };
}
