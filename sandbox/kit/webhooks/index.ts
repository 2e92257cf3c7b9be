export * from './send';
export * from './types';
export * from './webhooks';
