import type { Operation } from '../../shared/operation';
import { checkMapping } from './checkMapping';
import { mapDocuments } from './mapDocuments';

export const operations: Operation[] = [mapDocuments, checkMapping];
