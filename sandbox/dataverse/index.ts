export {
  createDataverse,
  SYSTEM_IDS,
  table,
  type DataverseOptions,
  type DataverseService,
  type JsonObject,
  type SeedRows,
  type TableSchema,
} from './service';
export { defaultSwitches, SWITCH_CHOICES, type Switches } from './switches';
