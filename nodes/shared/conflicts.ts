import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { RecordSource } from '../../core/commerce/source';
import type { ChangeFacts, ConflictRule, Conflicts } from '../../core/sync/threeWay';
import { momentIn } from '../../core/values';

/** What nodes that write ask about rows that were changed on both sides, and read from the items. */

const RULES: INodeProperties['options'] = [
  {
    name: 'Hold for Review',
    value: 'hold',
    description: 'Write nothing; the Sync Ledger holds the record until a person decides',
  },
  {
    name: 'Newest Wins',
    value: 'newest',
    description: 'Whichever side was changed last, by the date of the record and of the row',
  },
  {
    name: 'Source Wins',
    value: 'source',
    description: 'What comes in, such as the order of the shop, is written',
  },
  {
    name: 'Target Wins',
    value: 'target',
    description: 'What a person has changed in the target stays',
  },
];

/** Who wins what both sides have changed; an entry of *Options*. */
export const conflictRule: INodeProperties = {
  displayName: 'When Both Changed',
  name: 'whenBothChanged',
  type: 'options',
  default: 'source',
  options: RULES,
  description:
    'Who wins a column that was changed in the source and in the target since it was sent last. What was changed in the target alone always stays. Needs items that a Sync Ledger has claimed.',
};

/**
 * @param columnsMethod loads the columns that the list of rules offers
 * @param lines the collection that stands for the lines of a document as a whole
 */
export function conflictOptions(columnsMethod: string, lines?: string): INodeProperties[] {
  const asWhole = lines ? `; ${lines} stands for the lines of an order as a whole` : '';
  return [
    conflictRule,
    {
      displayName: 'When Both Changed: Rules per Column',
      name: 'columnRules',
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      placeholder: 'Add Rule',
      default: {},
      description: 'Columns in which somebody else wins than in the others',
      options: [
        {
          displayName: 'Rule',
          name: 'rules',
          values: [
            {
              displayName: 'Column Name or ID',
              name: 'column',
              type: 'options',
              typeOptions: {
                loadOptionsMethod: columnsMethod,
                loadOptionsDependsOn: ['table.value', 'resource'],
              },
              default: '',
              description: `The column${asWhole}. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
            },
            {
              displayName: 'Who Wins',
              name: 'rule',
              type: 'options',
              default: 'target',
              options: RULES,
            },
          ],
        },
      ],
    },
  ];
}

/** The Options collection, as far as it is about conflicts. */
export interface ConflictSettings {
  whenBothChanged?: ConflictRule;
  columnRules?: { rules?: Array<{ column: string; rule: ConflictRule }> };
}

export function conflictsOf({ whenBothChanged, columnRules }: ConflictSettings): Conflicts {
  const rules = (columnRules?.rules ?? []).filter(({ column }) => column.trim() !== '');
  return {
    rule: whenBothChanged ?? 'source',
    columns: Object.fromEntries(rules.map(({ column, rule }) => [column.trim(), rule])),
  };
}

/** When the source changed the record of an item; when it was read, where it has no date. */
export function factsOf(item: INodeExecutionData | undefined): ChangeFacts {
  const source = item?.json.source;
  if (typeof source !== 'object' || source === null) return {};
  const { version, readAt, conflicts } = source as Partial<RecordSource>;
  return {
    changedAt: momentIn(version, { zone: 'UTC' }) ?? momentIn(readAt, { zone: 'UTC' }),
    ...(conflicts && { conflicts }),
  };
}
