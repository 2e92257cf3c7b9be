import { SIGN_INS } from '../Dynamics365/connection';
import { dataverseTables } from '../Dynamics365/tables';
import { tableMethods } from '../shared/table/methods';
import { storeTrigger } from '../shared/trigger/storeTrigger';
import { type Environment, openEnvironment } from './environment';
import { areOwn } from './echoes';
import { followedRows, TRIGGER_ON } from './fields';
import { rows } from './rows';
import { knownTable } from './tables';
import { webhook } from './webhook';

const {
  listSearch: { searchTables },
  loadOptions: { getReadableColumns },
} = tableMethods({ ...dataverseTables, chosenBy: TRIGGER_ON, knownTable });

export class Dynamics365Trigger extends storeTrigger<Environment>({
  displayName: 'Dynamics 365 Trigger',
  name: 'dynamics365Trigger',
  icon: { light: 'file:dynamics365.svg', dark: 'file:dynamics365.dark.svg' },
  words: {
    description:
      'Starts the workflow when a sales order, an invoice or a row of any table is created, changed or deleted in Dynamics 365 (Dataverse)',
    activated: 'What is new, changed or deleted will be received.',
    pollOnly: 'Asks Dataverse at the poll times what has changed',
    poll: 'Change Tracking',
  },
  subtitle: followedRows,
  credential: SIGN_INS,
  open: openEnvironment,
  kinds: [rows],
  loadOptions: { getReadableColumns },
  listSearch: { searchTables },
  webhook,
  areOwn,
}) {}
