import type { Operation } from '../../operation';
import type { Subject, TableService } from '../service';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getAll';
import { update } from './update';
import { upsert } from './upsert';

/** What can be done with the rows of any table. */
export function tableOperations(service: TableService, subject: Subject): Operation[] {
  return [create, upsert, remove, get, getMany, update].map((operation) =>
    operation(service, subject),
  );
}
