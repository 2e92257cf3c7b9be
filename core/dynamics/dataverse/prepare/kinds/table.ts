import { tableBody } from '../bodies';
import type { TableRequirement } from '../requirement';
import { type Kind, PRESENT } from './kind';

/** A custom table, with the column that its rows are called by. */
export const tableKind: Kind<TableRequirement> = {
  async check(environment, { table, definition }) {
    if (await environment.table(table)) return { state: 'present', change: PRESENT };
    return {
      state: 'missing',
      change: `Make the table ${table} ("${definition.label}").`,
      step: {
        method: 'POST',
        path: 'EntityDefinitions',
        body: tableBody(definition, environment.wording),
      },
    };
  },
};
