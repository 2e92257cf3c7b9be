import type { Operation } from '../../operation';
import type { Subject, TableService } from '../service';
import { associate, disassociate } from './associate';
import { call } from './call';
import { count } from './count';
import { create } from './create';
import { remove } from './delete';
import { fileOperations } from './files';
import { get } from './get';
import { getMany } from './getAll';
import { update } from './update';
import { upsert } from './upsert';

/** What belongs to no table of its own: it stands where the user chooses one. */
export const anyTableOperations = (service: TableService, subject: Subject): Operation[] => [
  ...(service.calls ? [call(service, service.calls, subject)] : []),
  ...(service.files ? fileOperations(service, service.files, subject) : []),
];

/** What can be done with the rows of any table. */
export function tableOperations(service: TableService, subject: Subject): Operation[] {
  const { related } = service;
  return [
    ...(related ? [associate(service, related, subject)] : []),
    ...[count, create, upsert, remove].map((operation) => operation(service, subject)),
    ...(related ? [disassociate(service, related, subject)] : []),
    ...[get, getMany, update].map((operation) => operation(service, subject)),
  ];
}
