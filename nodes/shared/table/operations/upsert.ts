import type { Operation } from '../../operation';
import { columnFields } from '../fields/columns';
import { rowChangeOptionFields } from '../fields/options';
import { tableFields } from '../fields/table';
import type { Subject, TableService } from '../service';
import { writeSteps } from './write';

export function upsert(service: TableService, subject: Subject): Operation {
  return {
    name: 'Create or Update',
    value: 'upsert',
    action: `Create or update ${subject.noun}`,
    description: 'Create a new record, or update the current one if it already exists (upsert)',
    properties: [
      ...tableFields(service, subject),
      ...service.keys.fieldsOfWrite(subject),
      ...columnFields(service),
      rowChangeOptionFields(service),
    ],
    start: (context, places) => writeSteps(context, service, subject, 'upsert', places),
  };
}
