import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { MatchRule } from '../../../core/dynamics/dataverse/match/decide';
import { matchRows } from '../../../core/dynamics/dataverse/match/matchRows';
import {
  ACCOUNT_PARTY,
  CONTACT_PARTY,
  type PartyTable,
} from '../../../core/dynamics/dataverse/match/party';
import type { MatchOptions, MatchResult } from '../../../core/dynamics/dataverse/match/plan';
import { replaceKey } from '../../../core/dynamics/dataverse/match/replaceKey';
import type { PartyWrite } from '../../../core/dynamics/dataverse/match/wanted';
import type { DataverseTable } from '../../../core/dynamics/dataverse/types';
import { withResult } from '../../shared/input';
import { memoryFor } from '../../shared/memory';
import type { Operation } from '../../shared/operation';
import { sameForAll } from '../../shared/parameters';
import { type AnySteps, itemSteps } from '../../shared/steps';
import { columnFields } from '../../shared/table/fields/columns';
import { documentWriteOptionFields } from '../../shared/table/fields/options';
import { convertsValues } from '../../shared/table/operations/write';
import { tableReader } from '../../shared/table/reader';
import type { Subject } from '../../shared/table/service';
import { changesOf } from '../changes';
import { setUp, systemOf } from '../options';
import { ACCOUNT, CONTACT } from '../subjects';
import { dataverseTables } from '../tables';

type KnownSubject = Subject<DataverseTable> & { table: DataverseTable };

interface Matching {
  subject: KnownSubject;
  party: PartyTable;
  /** What its name is called. */
  name: string;
  byDefault: MatchRule;
}

function ruleFields({ subject, party, name, byDefault }: Matching): INodeProperties[] {
  const { noun, plural } = subject;
  const one = `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
  return [
    {
      displayName: 'Match',
      name: 'match',
      type: 'options',
      noDataExpression: true,
      default: byDefault,
      description: `How to find the ${noun} that a customer of the shop already is. One that was made for the same customer, or was matched with him by this rule before, is taken again in any case; guests are known by their e-mail address.`,
      options: [
        {
          name: 'Always New',
          value: 'new',
          description: `Make ${one} for each customer, though others have the same e-mail address; a guest with another ${name} is another customer`,
        },
        {
          name: 'By E-Mail',
          value: 'email',
          description: `Take ${one} with the same e-mail address (${party.email}), whatever the ${name}; capital letters make no difference`,
        },
        {
          name: 'By E-Mail and Name',
          value: 'emailAndName',
          description: `Take ${one} only where both the e-mail address (${party.email}) and the ${name} are the same; capital letters make no difference`,
        },
      ],
    },
    {
      displayName: 'When Several Match',
      name: 'whenSeveral',
      type: 'options',
      noDataExpression: true,
      default: 'oldest',
      description: `Which to take where the rule finds several active ${plural}`,
      displayOptions: { show: { match: ['email', 'emailAndName'] } },
      options: [
        {
          name: 'Hold for Review',
          value: 'hold',
          description: `Take none: the item fails as held, so that a person merges the ${plural} or chooses another rule here`,
        },
        { name: 'Newest', value: 'newest', description: 'The one that was created last' },
        { name: 'Oldest', value: 'oldest', description: 'The one that was created first' },
      ],
    },
    {
      displayName: 'When Matched',
      name: 'whenMatched',
      type: 'options',
      noDataExpression: true,
      default: 'leave',
      description: `What to do with ${one} that the rule finds. One that was made for the same customer is updated in any case.`,
      displayOptions: { show: { match: ['email', 'emailAndName'] } },
      options: [
        {
          name: 'Leave as It Is',
          value: 'leave',
          description: 'Write nothing to it: what people have entered stays',
        },
        {
          name: 'Update From the Shop',
          value: 'update',
          description:
            'Write the columns to it, too; a guest who gives another name changes no name',
        },
      ],
    },
  ];
}

interface Work extends PartyWrite {
  item: INodeExecutionData;
}

const CARRIED_ALONG = ['source', 'claim', 'dryRun'];

/** The matched row takes the place of the key made from the shop in all that the item holds for the following nodes. */
function withKey(item: INodeExecutionData, { shopKey, id }: MatchResult): INodeExecutionData {
  if (shopKey === id) return item;
  const json = Object.entries(item.json).map(([name, value]) => [
    name,
    CARRIED_ALONG.includes(name) ? value : replaceKey(value, shopKey, id),
  ]);
  return { ...item, json: Object.fromEntries(json) as INodeExecutionData['json'] };
}

function shown({ id, outcome, matchedBy, decisions, notes }: MatchResult): object {
  return {
    id,
    outcome,
    ...(matchedBy && { matchedBy }),
    ...(decisions && { decisions }),
    ...(notes && { notes }),
  };
}

function operation(matching: Matching): Operation {
  const { subject, party } = matching;
  return {
    name: 'Match or Create',
    value: 'match',
    action: `Match or create ${subject.noun}`,
    description: `Find the ${subject.noun} that a customer already is, and make a new one where there is none`,
    properties: [
      ...columnFields(dataverseTables),
      ...ruleFields(matching),
      documentWriteOptionFields(dataverseTables, dataverseTables.options.change),
    ],
    async start(context): Promise<AnySteps> {
      const tables = await setUp(context);
      const { client, metadata, options, headers } = tables;
      const { whenMissing, outputField = '' } = options;
      const reader = tableReader(context, {
        subject,
        metadata,
        service: client.service,
        whenMissing,
      });
      const rules: MatchOptions = {
        match: sameForAll(context, 'match'),
        several: sameForAll(context, 'whenSeveral', 'oldest'),
        whenMatched: sameForAll(context, 'whenMatched', 'leave'),
        headers,
      };
      return itemSteps<Work, MatchResult>({
        prepare: async (item, index) => {
          const columns = reader.columns(item, index);
          if (!columns) return undefined;
          const row = convertsValues(options, reader.read<string>('columnsSource', index))
            ? await dataverseTables.toWire(tables, subject.table, 'upsert', columns)
            : columns;
          return { row, source: item.json.source as PartyWrite['source'], item };
        },
        run: async (works) => {
          const memory = memoryFor(
            context,
            works.map(({ item }) => item),
          );
          const system = systemOf(client);
          const { table } = subject;
          const writes = works.map(({ item }) => ({ table, item }));
          return await matchRows(client, party, works, {
            ...rules,
            ...changesOf(context, tables, writes),
            choices: (rule, placeOf) =>
              memory.of({ system, table: `${subject.table.logicalName}:${rule}` }, placeOf),
          });
        },
        output: (item, result, index) =>
          withResult(withKey(item, result), outputField, shown(result), index),
      });
    },
  };
}

export const matchContact = operation({
  subject: CONTACT as KnownSubject,
  party: CONTACT_PARTY,
  name: 'name',
  byDefault: 'email',
});

/** Two companies may share the address of one buyer: by default their names must be the same, too. */
export const matchAccount = operation({
  subject: ACCOUNT as KnownSubject,
  party: ACCOUNT_PARTY,
  name: 'name of the company',
  byDefault: 'emailAndName',
});
