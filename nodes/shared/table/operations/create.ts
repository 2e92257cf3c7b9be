import type { Operation } from '../../operation';
import { columnFields } from '../fields/columns';
import { rowWriteOptionFields } from '../fields/options';
import { tableFields } from '../fields/table';
import type { Subject, TableService } from '../service';
import { writeSteps } from './write';

export function create(service: TableService, subject: Subject): Operation {
  return {
    name: 'Create',
    value: 'create',
    action: `Create ${subject.noun}`,
    description: `Create one new ${subject.noun} for each item`,
    properties: [
      ...tableFields(service, subject),
      ...columnFields(service),
      rowWriteOptionFields(service),
    ],
    start: (context, places) => writeSteps(context, service, subject, 'create', places),
  };
}
