export { onlyReading } from './guard';
export { Journal } from './journal';
export type { ColumnChange, PlannedAction, PlannedWrite } from './plannedWrite';
export { currentDryRun, type DryRun, forPlace, inDryRun, isDryRun } from './scope';
