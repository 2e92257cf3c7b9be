import { COLUMN_KINDS, tableBody } from '../bodies';
import type { TableFacts } from '../environment';
import type { Found, TableDefinition, TableRequirement } from '../requirement';
import { type Kind, PRESENT } from './kind';

/** A table that somebody else has made may call its rows by another column. */
function existing({ columns, ...facts }: TableFacts, { name }: TableDefinition): Found {
  const column = name.schemaName.toLowerCase();
  const type = columns.get(column);
  if (type === COLUMN_KINDS.text.attribute) return { state: 'present', change: PRESENT };
  const said = type ? `is of the type ${type}` : 'is not there';
  return {
    state: 'wrong',
    change: `The column ${column} of ${facts.logicalName}, for the name of a row, ${said}; the table is left as it is.`,
    fix: `Set the name column to ${facts.primaryName}, by which the rows of ${facts.logicalName} are called: the option Payment Columns, where Meaning is Name.`,
  };
}

/** A custom table, with the column that its rows are called by. */
export const tableKind: Kind<TableRequirement> = {
  async check(environment, { table, definition }) {
    const facts = await environment.table(table);
    if (facts) return existing(facts, definition);
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
