import { sortBy } from 'lodash';
import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { RecordSource } from '../../core/commerce/source';
import type { ChangeFacts, ConflictRule, Conflicts } from '../../core/sync/threeWay';
import { momentIn } from '../../core/values';
import { titled } from './trigger/words';

/** What nodes that write ask about rows that were changed on both sides, and read from the items. */

export const WHEN_BOTH_CHANGED = 'When Both Changed';

/** Name of the entry of *Options*. */
export const CONFLICT_RULE = 'whenBothChanged';

/** What people call the two sides, as in "since it was changed in the shop". */
export interface ConflictSides {
  /** Where the items come from: `the shop`. */
  source: string;
  /** What the node writes to: `Dynamics 365`. */
  target: string;
}

/** Of the node that writes to Dynamics 365. */
export const FROM_A_SHOP: ConflictSides = { source: 'the shop', target: 'Dynamics 365' };

/** Of the node of a shop, which is told what was changed in Dynamics 365. */
export const backTo = (shop: string): ConflictSides => ({ source: 'Dynamics 365', target: shop });

/** `the shop` → `Shop Wins` */
const winner = (side: string): string => `${titled(side.replace(/^the /, ''))} Wins`;

function rulesOf({ source, target }: ConflictSides): INodePropertyOptions[] {
  const rules: Array<INodePropertyOptions & { value: ConflictRule }> = [
    {
      name: 'Hold for Review',
      value: 'hold',
      description: 'Write nothing; the Sync Ledger holds the record until a person decides',
    },
    {
      name: 'Newest Wins',
      value: 'newest',
      description: 'Whichever side was changed last, by the dates that both of them give',
    },
    {
      name: winner(source),
      value: 'source',
      description: `What comes in is written, such as what stands in ${source}`,
    },
    {
      name: winner(target),
      value: 'target',
      description: `What a person has changed in ${target} stays`,
    },
  ];
  return sortBy(rules, 'name');
}

/** Who wins what both sides have changed; an entry of *Options*. Its name and its values are the same for all sides. */
export function conflictRule(sides: ConflictSides): INodeProperties {
  const { source, target } = sides;
  return {
    displayName: WHEN_BOTH_CHANGED,
    name: CONFLICT_RULE,
    type: 'options',
    default: 'source',
    options: rulesOf(sides),
    description: `Who wins a field that was changed in ${source} and in ${target} since it was sent last. What was changed in ${target} alone always stays. Needs items that a Sync Ledger has claimed.`,
  };
}

/**
 * @param sides what people call them
 * @param columnsMethod loads the columns that the list of rules offers
 * @param lines the collection that stands for the lines of a document as a whole
 */
export function conflictOptions(
  sides: ConflictSides,
  columnsMethod: string,
  lines?: string,
): INodeProperties[] {
  const asWhole = lines ? `; ${lines} stands for the lines of an order as a whole` : '';
  return [
    conflictRule(sides),
    {
      displayName: `${WHEN_BOTH_CHANGED}: Rules per Column`,
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
              options: rulesOf(sides),
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
