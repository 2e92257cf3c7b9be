import type { INodeProperties } from 'n8n-workflow';

import { candidateNames } from '../candidates';
import type { Candidate, Subject, TableService } from '../service';

const NAME = '[A-Za-z_][A-Za-z0-9_]*';

const nameRule = (name: string) =>
  ({
    type: 'regex',
    properties: { regex: `^\\s*${name}\\s*$`, errorMessage: 'Not the logical name of a table' },
  }) as const;

const MAYBE_NAME = nameRule(`(?:${NAME})?`);

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
      validation: [nameRule(NAME)],
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
      mode.name === 'name' ? { ...mode, validation: [MAYBE_NAME] } : mode,
    ),
  };
}

/** Nothing where the resource has a table of its own. */
export function tableFields(service: TableService, subject: Subject): INodeProperties[] {
  if (subject.table) return [];
  return [subject.candidates ? otherTable(service, subject.candidates) : table(service)];
}
