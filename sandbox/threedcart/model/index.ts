export * from './customer';
export * from './order';
export * from './other';
export * from './product';
