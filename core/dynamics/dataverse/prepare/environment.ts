import { ServiceError, validationError } from '../../../errors';
import { isRow } from '../../../odata/answers';
import { settle } from '../../../outcome';
import type { BatchAnswer, Row } from '../../../odata/types';
import { equalsText } from '../filters';
import { entitySet, readPage } from '../operations';
import type { Dataverse } from '../types';
import type { Wording } from './bodies';
import type { Step } from './requirement';
import { checkedPrefix } from './requirements';

/** What an environment is read and changed through. */
export interface Environment {
  client: Dataverse;
  prefix: string;
  wording: Wording;
  /** Client ID of the app whose rights are compared; undefined: the app that signs in. */
  applicationId?: string;
  /** The definition of a table with its columns, keys and lookups; undefined: there is none. Read once until `forget`. */
  table(logicalName: string): Promise<TableFacts | undefined>;
  forget(logicalName: string): void;
  /** Reads the keys of a table anew, and nothing else of it. */
  readKeys(logicalName: string): Promise<void>;
  /** Sends a change of metadata, into the solution. */
  send(step: Step, headers?: Record<string, string>): Promise<BatchAnswer>;
}

export interface KeyFacts {
  schemaName: string;
  logicalName: string;
  columns: string[];
  /** `Pending`, `InProgress`, `Active` or `Failed`. */
  status: string;
}

export interface TableFacts {
  logicalName: string;
  schemaName: string;
  entitySetName: string;
  changeTracking: boolean;
  /** Whether somebody has forbidden to switch it on. */
  canBeTracked: boolean;
  /** Logical name of the column that its rows are called by. */
  primaryName: string;
  /** Logical name → attribute type, such as `String`. */
  columns: ReadonlyMap<string, string>;
  /** Characters of each column of text. */
  lengths: ReadonlyMap<string, number>;
  /** Lookup → logical names of the tables that it points to. */
  targets: ReadonlyMap<string, readonly string[]>;
  keys: KeyFacts[];
  /** Kind of right, such as `Create`, → its id. */
  privileges: ReadonlyMap<string, string>;
}

/**
 * Metadata is cached; without this header what was just made may not be found for some 30 seconds (Dataverse docs:
 * web-api-metadata-operations-sample).
 */
export const NEWEST = { consistency: 'Strong' };

/** Address of a definition. */
export const definition = (table: string): string =>
  `EntityDefinitions(LogicalName='${entitySet(table)}')`;

const rowsIn = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);
const valueOf = (managed: unknown): unknown => (isRow(managed) ? managed['Value'] : undefined);

const OF_KEY = '$select=SchemaName,LogicalName,KeyAttributes,EntityKeyIndexStatus';

const WANTED = [
  '$select=LogicalName,SchemaName,EntitySetName,PrimaryNameAttribute,ChangeTrackingEnabled,CanChangeTrackingBeEnabled,Privileges',
  '$expand=Attributes($select=LogicalName,AttributeType)' +
    `,Keys(${OF_KEY})` +
    ',ManyToOneRelationships($select=ReferencingAttribute,ReferencedEntity)',
].join('&');

const LENGTHS =
  '/Attributes/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=LogicalName,MaxLength';

const keysIn = (value: unknown): KeyFacts[] =>
  rowsIn(value).map((key) => ({
    schemaName: String(key['SchemaName']),
    logicalName: String(key['LogicalName']),
    columns: Array.isArray(key['KeyAttributes']) ? key['KeyAttributes'].map(String) : [],
    status: String(key['EntityKeyIndexStatus']),
  }));

function factsOf(row: Row, lengths: readonly Row[]): TableFacts {
  const targets = new Map<string, string[]>();
  for (const relationship of rowsIn(row['ManyToOneRelationships'])) {
    const column = String(relationship['ReferencingAttribute']);
    const known = targets.get(column) ?? [];
    targets.set(column, [...known, String(relationship['ReferencedEntity'])]);
  }
  return {
    logicalName: String(row['LogicalName']),
    schemaName: String(row['SchemaName']),
    entitySetName: String(row['EntitySetName']),
    primaryName: String(row['PrimaryNameAttribute'] ?? ''),
    changeTracking: row['ChangeTrackingEnabled'] === true,
    canBeTracked: valueOf(row['CanChangeTrackingBeEnabled']) !== false,
    columns: new Map(
      rowsIn(row['Attributes']).map((one) => [
        String(one['LogicalName']),
        String(one['AttributeType']),
      ]),
    ),
    lengths: new Map(
      lengths.map((one) => [String(one['LogicalName']), Number(one['MaxLength'] ?? 0)]),
    ),
    targets,
    keys: keysIn(row['Keys']),
    privileges: new Map(
      rowsIn(row['Privileges']).map((one) => [
        String(one['PrivilegeType']),
        String(one['PrivilegeId']).toLowerCase(),
      ]),
    ),
  };
}

const read = async (client: Dataverse, table: string, query: string): Promise<BatchAnswer> =>
  await client.request({ method: 'GET', path: `${definition(table)}${query}`, headers: NEWEST });

async function readTable(client: Dataverse, table: string): Promise<TableFacts | undefined> {
  const found = await settle(() => read(client, table, `?${WANTED}`));
  if (!found.ok) {
    if (found.error.class === 'not-found') return undefined;
    throw unreadable(found.error);
  }
  const { body } = found.value;
  return isRow(body) ? factsOf(body, readPage(await read(client, table, LENGTHS)).rows) : undefined;
}

/** Without these rights nothing can be said about an environment. */
function unreadable(error: ServiceError): ServiceError {
  if (error.class !== 'permission') return error;
  return new ServiceError(error.message, {
    ...error.toDetails(),
    cause: error,
    fix: 'Reading tables, columns and keys needs the role Basic User; changing them needs System Customizer. Give one to the application user: Power Platform admin center > Environments > Settings > Users + permissions > Application users.',
  });
}

export interface EnvironmentChoice {
  /** Unique name of the solution that everything becomes part of; empty: none. */
  solution?: string;
  /** Empty: that of the solution's publisher, else `new`. */
  prefix?: string;
  applicationId?: string;
}

/** Of the requests that prepare an environment those that make something; the others are actions. */
const MAKES = /^(?:EntityDefinitions|RelationshipDefinitions|roles)\b/;

const USUAL_PREFIX = 'new';
const ENGLISH = 1033;
const FIRST_OPTION_PREFIX = 10_000;
const OPTIONS_OF_PREFIX = 10_000;

interface Publisher {
  prefix: string;
  optionPrefix: number;
}

async function publisherOf(client: Dataverse, solution: string): Promise<Publisher> {
  const [row] = await client.list(
    'solutions',
    {
      select: ['ismanaged'],
      filter: equalsText('uniquename', solution),
      expand: [
        {
          property: 'publisherid',
          select: ['customizationprefix', 'customizationoptionvalueprefix'],
        },
      ],
    },
    { limit: 1 },
  );
  if (!row || row['ismanaged'] === true) {
    throw validationError(
      row
        ? `The solution "${solution}" is managed, and nothing can be added to it`
        : `There is no solution "${solution}" in this environment`,
      'Make a solution in Power Apps > Solutions > New solution, and set Solution Name to its name (not its display name).',
    );
  }
  const publisher = isRow(row['publisherid']) ? row['publisherid'] : {};
  return {
    prefix: String(publisher['customizationprefix'] ?? USUAL_PREFIX),
    optionPrefix: Number(publisher['customizationoptionvalueprefix'] ?? FIRST_OPTION_PREFIX),
  };
}

/**
 * English where nobody says otherwise: who may not read the organization may still make columns. It is the first
 * question, so that an environment that cannot be reached is said once, and not of each requirement.
 */
async function languageOf(client: Dataverse): Promise<number> {
  const found = await settle(() => client.list('organizations', { select: ['languagecode'] }));
  if (!found.ok && found.error.class !== 'permission') throw found.error;
  const code = found.ok ? found.value[0]?.['languagecode'] : undefined;
  return typeof code === 'number' ? code : ENGLISH;
}

/**
 * Opens an environment to be checked or prepared.
 *
 * @throws a validation error where the prefix cannot be one, or the solution is not there
 */
export async function openEnvironment(
  client: Dataverse,
  { solution: named = '', prefix = '', applicationId }: EnvironmentChoice,
): Promise<Environment> {
  const solution = named.trim();
  const publisher = solution === '' ? undefined : await publisherOf(client, solution);
  const given = prefix.trim() === '' ? (publisher?.prefix ?? USUAL_PREFIX) : prefix;
  const facts = new Map<string, TableFacts | undefined>();
  return {
    client,
    prefix: checkedPrefix(given),
    wording: {
      language: await languageOf(client),
      firstOption: (publisher?.optionPrefix ?? FIRST_OPTION_PREFIX) * OPTIONS_OF_PREFIX,
    },
    applicationId,
    table: async (name) => {
      if (!facts.has(name)) facts.set(name, await readTable(client, name));
      return facts.get(name);
    },
    forget: (name) => {
      facts.delete(name);
    },
    readKeys: async (name) => {
      const known = facts.get(name);
      if (!known) return;
      const { rows } = readPage(await read(client, name, `/Keys?${OF_KEY}`));
      facts.set(name, { ...known, keys: keysIn(rows) });
    },
    send: async ({ method, path, body }, headers = {}) =>
      await client.request({
        method,
        path,
        body,
        headers: { ...(solution !== '' && { 'mscrm.solutionuniquename': solution }), ...headers },
        repeatable: false,
        ...(method === 'POST' && MAKES.test(path) && { creates: true }),
        ...(path === 'roles' && { primaryId: 'roleid' }),
      }),
  };
}
