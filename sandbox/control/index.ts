export { createControl, type ControlOptions } from './app';
export type { ControlledServices } from './services';
