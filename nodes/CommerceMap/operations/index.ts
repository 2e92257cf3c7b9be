import type { Operation } from '../../shared/operation';
import { checkMapping } from './checkMapping';
import { mapDocuments } from './mapDocuments';
import { routeByState } from './routeByState';

export const operations: Operation[] = [mapDocuments, checkMapping, routeByState];
