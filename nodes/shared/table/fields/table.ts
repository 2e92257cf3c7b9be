import type { INodeProperties } from 'n8n-workflow';

import { candidateNames } from '../candidates';
import type { Candidate, Subject, TableService } from '../service';

const NAME = '[A-Za-z_][A-Za-z0-9_]*';

const nameRule = (name: string) =>
  ({
    type: 'regex',
    properties: { regex: `^\\s*${name}$`, errorMessage: 'Not the logical name of a table' },
  }) as const;

const RULE = nameRule(`${NAME}\\s*`);

/** The blanks behind a name belong to it: two runs of blanks side by side could be parted in many ways. */
const RULE_OR_EMPTY = nameRule(`(?:${NAME}\\s*)?`);

const table = ({ words }: TableService): INodeProperties => ({
  displayName: 'Table',
  name: 'table',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: words.tableDescription,
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchTables', searchable: true },
    },
    {
      displayName: 'By Name',
      name: 'name',
      type: 'string',
      placeholder: `e.g. ${words.tableExample}`,
      hint: words.tableHint,
      validation: [RULE],
    },
  ],
});

/** The same where the environment decides which table it is, unless one is named here. */
function otherTable(service: TableService, candidates: readonly Candidate[]): INodeProperties {
  const field = table(service);
  return {
    ...field,
    required: false,
    hint: `Leave empty for the first of these that the environment has: ${candidateNames(candidates)}`,
    description: 'Another table than the usual one, such as a custom table',
    modes: field.modes?.map((mode) =>
      mode.name === 'name' ? { ...mode, validation: [RULE_OR_EMPTY] } : mode,
    ),
  };
}

/** Nothing where the resource has a table of its own. */
export function tableFields(service: TableService, subject: Subject): INodeProperties[] {
  if (subject.table) return [];
  return [subject.candidates ? otherTable(service, subject.candidates) : table(service)];
}
