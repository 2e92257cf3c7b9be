import type { Operation } from '../../../shared/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import type { RecordKind } from './kind';
import { update } from './update';

/** Create, Delete, Get, Get Many and Update of one kind of record. */
export function recordOperations<T extends object>(kind: RecordKind<T>): Operation[] {
  return [create, remove, get, getAll, update].map((operation) => operation(kind));
}
