import { answerOf } from '../../../odata/sendAll';
import type { Row, SingleOperation } from '../../../odata/types';
import type { Relationship } from '../../tables';
import { entitySet, readPage } from '../operations';
import type { Dataverse } from '../types';

const MANY_TO_ONE = 'ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName';
const ONE_TO_MANY = 'ReferencedEntityNavigationPropertyName,ReferencingEntity,ReferencingAttribute';
const MANY_TO_MANY =
  'Entity1LogicalName,Entity1NavigationPropertyName,Entity2LogicalName,Entity2NavigationPropertyName';

type Way = Omit<Relationship, 'entitySetName'>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const lookup = (row: Row): Way => ({
  kind: 'lookup',
  navigationProperty: text(row['ReferencingEntityNavigationPropertyName']),
  table: text(row['ReferencedEntity']),
  lookupColumn: text(row['ReferencingAttribute']),
});

const collection = (row: Row): Way => ({
  kind: 'collection',
  navigationProperty: text(row['ReferencedEntityNavigationPropertyName']),
  table: text(row['ReferencingEntity']),
  lookupColumn: text(row['ReferencingAttribute']),
});

/** Both sides of it, where a table is associated with itself. */
const manyToMany =
  (table: string) =>
  (row: Row): Way[] =>
    ([1, 2] as const).flatMap((side) =>
      row[`Entity${side}LogicalName`] === table
        ? [
            {
              kind: 'manyToMany' as const,
              navigationProperty: text(row[`Entity${side}NavigationPropertyName`]),
              table: text(row[`Entity${side === 1 ? 2 : 1}LogicalName`]),
            },
          ]
        : [],
    );

/**
 * Every way from a row of a table to other rows, in two requests. Source: Dataverse docs,
 * query-metadata-web-api (OneToMany, ManyToOne and ManyToManyRelationships of EntityDefinitions).
 *
 * @param entitySets names of the entity sets of tables; a table without one cannot be reached, and is left out
 */
export async function readRelationships(
  dataverse: Dataverse,
  table: string,
  entitySets: (dataverse: Dataverse, tables: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<Relationship[]> {
  const read = (kind: string, select: string): SingleOperation => ({
    method: 'GET',
    path: `EntityDefinitions(LogicalName='${entitySet(table)}')/${kind}Relationships?$select=${select}`,
  });
  const answers = await dataverse.batch([
    read('ManyToOne', MANY_TO_ONE),
    read('OneToMany', ONE_TO_MANY),
    read('ManyToMany', MANY_TO_MANY),
  ]);
  const [many = [], ones = [], both = []] = answers.map(
    (answer) => readPage(answerOf(answer)).rows,
  );
  const ways = [
    ...many.map(lookup),
    ...ones.map(collection),
    ...both.flatMap(manyToMany(table)),
  ].filter(({ navigationProperty }) => navigationProperty !== '');
  const sets = await entitySets(dataverse, [...new Set(ways.map((way) => way.table))]);
  return ways.flatMap((way) => {
    const entitySetName = sets.get(way.table);
    return entitySetName === undefined ? [] : [{ ...way, entitySetName }];
  });
}
