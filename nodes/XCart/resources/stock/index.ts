import type { Resource } from '../../../shared/operation';
import { update } from './update';

export const stock: Resource = { name: 'Stock', value: 'stock', operations: [update] };
