export * from './order';
export * from './product';
export * from './profile';
