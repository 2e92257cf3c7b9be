import type { Operation } from '../../shared/operation';
import type { Subject } from '../subjects';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

/** What can be done with the rows of any table. */
export function tableOperations(subject: Subject): Operation[] {
  return [create, upsert, remove, get, getMany, update].map((operation) => operation(subject));
}
