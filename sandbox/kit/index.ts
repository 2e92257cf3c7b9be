export * from './context';
export * from './counters';
export * from './fault-config';
export * from './faults';
export * from './http';
export * from './patterns';
export * from './random';
export * from './service';
