export type { ClarityAddress } from './definition';
export type { ClarityDelivery } from './hooks';
export type { Document, OrderDocument, Resource } from './model';
export { createClarity, type ClarityService } from './service';
