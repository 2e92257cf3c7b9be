import { COLUMN_KINDS, columnBody, relationshipBody } from '../bodies';
import { definition, type Environment, type TableFacts } from '../environment';
import type { ColumnDefinition, ColumnRequirement, Found, Step } from '../requirement';
import { type Kind, missingTable, PRESENT } from './kind';

const WORDS: Readonly<Record<ColumnDefinition['type'], string>> = {
  text: 'text',
  amount: 'amount',
  dateTime: 'date and time',
  choice: 'choice',
  lookup: 'lookup',
};

function described(column: ColumnDefinition): string {
  switch (column.type) {
    case 'text':
      return `text of ${column.maxLength} characters`;
    case 'lookup':
      return `lookup to ${column.target}`;
    default:
      return WORDS[column.type];
  }
}

function stepOf({ wording }: Environment, { table, column }: ColumnRequirement): Step {
  return column.type === 'lookup'
    ? {
        method: 'POST',
        path: 'RelationshipDefinitions',
        body: relationshipBody(table, column, wording),
      }
    : {
        method: 'POST',
        path: `${definition(table)}/Attributes`,
        body: columnBody(column, wording),
      };
}

/** What is not as it has to be of a column that is there. */
function fault(facts: TableFacts, name: string, column: ColumnDefinition): string | undefined {
  const { attribute } = COLUMN_KINDS[column.type];
  const type = facts.columns.get(name);
  if (type !== attribute) return `is of the type ${String(type)}, not ${attribute}`;
  if (column.type === 'text') {
    const length = facts.lengths.get(name) ?? 0;
    if (length < column.maxLength) return `holds ${length} characters, not ${column.maxLength}`;
  }
  if (column.type !== 'lookup') return undefined;
  const targets = facts.targets.get(name) ?? [];
  return targets.includes(column.target)
    ? undefined
    : `points to ${targets.join(', ') || 'no table'}, not to ${column.target}`;
}

function wrong(table: string, name: string, said: string): Found {
  return {
    state: 'wrong',
    change: `The column ${name} of ${table} ${said}; it is left as it is.`,
    fix: `Change the column in Power Apps > Tables > ${table} > Columns, or choose another Prefix or name, so that a column of its own is made.`,
  };
}

export const columnKind: Kind<ColumnRequirement> = {
  async check(environment, wanted) {
    const { table, column } = wanted;
    const name = column.schemaName.toLowerCase();
    const facts = await environment.table(table);
    if (facts?.columns.has(name)) {
      const said = fault(facts, name, column);
      return said ? wrong(table, name, said) : { state: 'present', change: PRESENT };
    }
    if (!facts && wanted.part !== 'paymentTable') return missingTable(table);
    if (column.type === 'lookup' && !(await environment.table(column.target))) {
      return missingTable(column.target);
    }
    return {
      state: 'missing',
      change: `Make the column ${name} (${described(column)}) on ${table}.`,
      step: stepOf(environment, wanted),
    };
  },
};
