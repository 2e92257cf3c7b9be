import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DynamicsWebApi } from 'dynamics-web-api';
import * as ts from 'typescript';

/**
 * What the independent client offers is tried against the sandbox as a whole: every function by a test of this folder,
 * and every option of its requests. A new version of it that offers more fails here until that is tried too.
 */

const FILES = readdirSync(__dirname).filter((name) => /^dynamics-web-api.*\.ts$/.test(name));

const SOURCES = new Map(
  FILES.filter((name) => name !== 'dynamics-web-api-offers.test.ts').map((name) => [
    name,
    ts.createSourceFile(
      name,
      readFileSync(join(__dirname, name), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    ),
  ]),
);

const MAIN = 'dynamics-web-api.test.ts';
const SYNC = 'dynamics-web-api-sync.test.ts';
const FILE_COLUMNS = 'dynamics-web-api-files.test.ts';
const METADATA = 'dynamics-web-api-metadata.test.ts';
const CUSTOMIZING = 'dynamics-web-api-customizing.test.ts';
const SCHEMA = 'dynamics-web-api-schema.test.ts';
const SEARCH = 'dynamics-web-api-search.test.ts';
const BACKGROUND = 'dynamics-web-api-background.test.ts';
const OPTIONS = 'dynamics-web-api-options.test.ts';

/** Every function, and a file that calls it. */
const OFFERED: Readonly<Record<string, string>> = {
  create: MAIN,
  retrieve: MAIN,
  update: MAIN,
  updateSingleProperty: MAIN,
  deleteRecord: MAIN,
  upsert: MAIN,
  uploadFile: FILE_COLUMNS,
  downloadFile: FILE_COLUMNS,
  retrieveMultiple: MAIN,
  retrieveAll: MAIN,
  count: MAIN,
  countAll: METADATA,
  fetch: SYNC,
  fetchAll: SYNC,
  associate: MAIN,
  disassociate: MAIN,
  associateSingleValued: MAIN,
  disassociateSingleValued: MAIN,
  callFunction: SCHEMA,
  callAction: SCHEMA,
  createEntity: METADATA,
  updateEntity: CUSTOMIZING,
  retrieveEntity: METADATA,
  retrieveEntities: SCHEMA,
  createAttribute: CUSTOMIZING,
  updateAttribute: CUSTOMIZING,
  retrieveAttributes: SCHEMA,
  retrieveAttribute: METADATA,
  createRelationship: METADATA,
  updateRelationship: CUSTOMIZING,
  deleteRelationship: METADATA,
  retrieveRelationships: METADATA,
  retrieveRelationship: METADATA,
  createGlobalOptionSet: CUSTOMIZING,
  updateGlobalOptionSet: CUSTOMIZING,
  deleteGlobalOptionSet: CUSTOMIZING,
  retrieveGlobalOptionSet: METADATA,
  retrieveGlobalOptionSets: METADATA,
  retrieveCsdlMetadata: CUSTOMIZING,
  search: SEARCH,
  query: SEARCH,
  suggest: SEARCH,
  autocomplete: SEARCH,
  getBackgroundOperationStatus: BACKGROUND,
  cancelBackgroundOperation: BACKGROUND,
  startBatch: MAIN,
  executeBatch: MAIN,
  setConfig: OPTIONS,
  initializeInstance: OPTIONS,
  'Utility.getCollectionName': OPTIONS,
  'Utility.toAbsoluteUrl': OPTIONS,
};

/** Options that no service sees, with what they are for. */
const OF_THE_CLIENT: Readonly<Record<string, string>> = {
  async: 'a browser may wait for an answer without letting anything else happen',
  proxy: 'requests go by way of another server',
  auth: 'sign-in at that server',
  username: 'sign-in at that server',
  password: 'sign-in at that server',
};

function functionsOf(api: DynamicsWebApi): string[] {
  return Object.entries(api).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'function'
      ? [name]
      : Object.keys(value as object).map((inner) => `${name}.${inner}`),
  );
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

const calls = (source: ts.SourceFile, name: string): boolean =>
  [...nodesOf(source)].some(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === name,
  );

/** Names that the type declarations give to what requests and set-ups may have. */
function declaredOptions(): Set<string> {
  const path = join(dirname(require.resolve('dynamics-web-api')), '..', 'dynamics-web-api.d.ts');
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const names = new Set<string>();
  for (const node of nodesOf(source)) {
    const isGiven = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
    if (!isGiven || !isInput(node.name.text)) continue;
    for (const inner of nodesOf(node)) {
      if (ts.isPropertySignature(inner)) names.add(inner.name.getText());
    }
  }
  return names;
}

const isInput = (name: string): boolean =>
  /(?:Request|RequestBase|Expand|Query|QueryBase|Suggest|Autocomplete|Config|Options|SearchEntity)$/.test(
    name,
  );

/** Names that the tests give a value to. */
const givenOptions = new Set(
  [...SOURCES.values()].flatMap((source) =>
    [...nodesOf(source)]
      .filter((node) => ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node))
      .map((node) => node.name.getText()),
  ),
);

it('lists every function that the client offers', () => {
  const api = new DynamicsWebApi({ serverUrl: 'http://127.0.0.1/' });
  expect(Object.keys(OFFERED).sort()).toEqual(functionsOf(api).sort());
});

it.each(Object.entries(OFFERED))('%s is called in %s', (name, file) => {
  const source = SOURCES.get(file);
  expect(source && calls(source, name.replace(/^Utility\./, ''))).toBe(true);
});

it('tries every option that reaches a service', () => {
  const declared = declaredOptions();
  expect(declared.size).toBeGreaterThan(60);
  const left = [...declared].filter((name) => !givenOptions.has(name));
  expect(left.sort()).toEqual(Object.keys(OF_THE_CLIENT).sort());
});
