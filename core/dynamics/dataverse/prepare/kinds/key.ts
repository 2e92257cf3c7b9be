import { isEqual, sortBy } from 'lodash';

import { keyBody } from '../bodies';
import { definition, type Environment, type KeyFacts, type TableFacts } from '../environment';
import type { Found, KeyRequirement, Step } from '../requirement';
import { type Kind, missingTable, PRESENT } from './kind';

/** A read that counts how often each value is there: what is there twice stands in the way of a key. */
export function duplicatesPath({ entitySetName }: TableFacts, columns: readonly string[]): string {
  const filled = columns.map((column) => `${column} ne null`).join(' and ');
  const group = `groupby((${columns.join(',')}),aggregate($count as rows))`;
  return `${entitySetName}?$apply=filter(${filled})/${group}`;
}

/** Dataverse docs: define-alternate-keys-entity. The index of a failed key is built anew once its rows are mended. */
const reactivation = (table: string, { logicalName }: KeyFacts): Step => ({
  method: 'POST',
  path: 'ReactivateEntityKey',
  body: { EntityLogicalName: table, EntityKeyLogicalName: logicalName },
});

function existing(facts: TableFacts, { logicalName: name, columns, ...key }: KeyFacts): Found {
  const { logicalName: table } = facts;
  const named = columns.join(', ');
  switch (key.status) {
    case 'Active':
      return { state: 'present', change: PRESENT };
    case 'Failed':
      return {
        state: 'failed',
        change: `Build the index of the key ${name} on ${table} anew: it failed, mostly because two rows have the same ${named}.`,
        step: reactivation(table, { logicalName: name, columns, ...key }),
        fix: `Find the values that are there twice (GET "${duplicatesPath(facts, columns)}": those with more than one row), change or merge the rows, and run Prepare again. Where none is there twice, the system job of the key says why (Power Apps > Tables > ${table} > Keys).`,
      };
    default:
      return {
        state: 'building',
        change: `Dynamics 365 is still building the index of the key ${name} on ${table}; run Check again later.`,
      };
  }
}

const sameColumns = (one: readonly string[], other: readonly string[]): boolean =>
  isEqual(sortBy(one), sortBy(other));

function notYet(environment: Environment, wanted: KeyRequirement): Found {
  const { table, columns, schemaName, label } = wanted;
  return {
    state: 'missing',
    change: `Make the alternate key ${schemaName.toLowerCase()} (${columns.join(', ')}) on ${table}; no two rows can have the same values then.`,
    step: {
      method: 'POST',
      path: `${definition(table)}/Keys`,
      body: keyBody(schemaName, label, columns, environment.wording),
    },
  };
}

/** A key over the same columns serves as well, whatever it is called. */
export const keyKind: Kind<KeyRequirement> = {
  async check(environment, wanted) {
    const { table, columns, schemaName } = wanted;
    const facts = await environment.table(table);
    if (!facts) {
      return wanted.part === 'paymentTable' ? notYet(environment, wanted) : missingTable(table);
    }
    const same = facts.keys.filter((key) => sameColumns(key.columns, columns));
    const key = same.find(({ status }) => status === 'Active') ?? same[0];
    if (key) return existing(facts, key);
    const name = schemaName.toLowerCase();
    const taken = facts.keys.find(({ logicalName }) => logicalName === name);
    if (!taken) return notYet(environment, wanted);
    return {
      state: 'wrong',
      change: `The key ${name} of ${table} is over ${taken.columns.join(', ')}, not over ${columns.join(', ')}; it is left as it is.`,
      fix: `Delete the key in Power Apps > Tables > ${table} > Keys, or choose another Prefix.`,
    };
  },
};
