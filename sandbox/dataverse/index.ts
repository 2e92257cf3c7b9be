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
export { defaultSwitches, type Switches } from './switches';
