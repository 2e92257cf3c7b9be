export * from './basket';
export * from './buyers';
export * from './charges';
export * from './currencies';
export * from './money';
export * from './orders';
export * from './refused';
export * from './standing';
