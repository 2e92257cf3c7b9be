import { parseKey } from '../dialect';
import type { Engine } from '../engine';
import { DataverseError, errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import { parsePath } from '../../odata/syntax/url';
import { bodyOf, type Call } from '../operations/call';
import type { JsonObject } from '../options';
import { choices } from '../schema/columns';
import type { Model, Table } from '../schema/model';
import type { Choice, ColumnSchema, Labels } from '../schema/types';
import { option, optionSetCommon, optionSetId } from './attributes';
import { COMPONENTS, customize, publishable, untilPublished } from './customizing';
import { asLabelled, labelsOf, readLabels, replacedLabels } from './labels';
import { readChoices } from './options';

/** Choices that do not belong to one table. Source: Dataverse docs, webapi/create-update-optionsets. */

export interface GlobalChoice {
  name: string;
  label: string;
  labels?: Labels;
  description?: Labels;
  choices: readonly Choice[];
  custom?: boolean;
}

/** Those that Microsoft ships. */
const SHIPPED: ReadonlyArray<
  readonly [name: string, label: string, Readonly<Record<number, string>>]
> = [
  ['metric_goaltype', 'Goal Type', { 0: 'Money', 1: 'Decimal', 2: 'Integer' }],
  [
    'budgetstatus',
    'Budget',
    { 0: 'No Committed Budget', 1: 'May Buy', 2: 'Can Buy', 3: 'Will Buy' },
  ],
  ['need', 'Need', { 0: 'Must have', 1: 'Should have', 2: 'Good to have', 3: 'No need' }],
];

const known = new WeakMap<Model, Map<string, GlobalChoice>>();

/** All of an environment, by their names. */
export function globalChoices({ model }: Engine): Map<string, GlobalChoice> {
  const held = known.get(model);
  if (held) return held;
  const made = new Map(
    SHIPPED.map(([name, label, labels]): [string, GlobalChoice] => [
      name,
      { name, label, choices: choices(labels) },
    ]),
  );
  known.set(model, made);
  return made;
}

export const globalOptionSet = (choice: GlobalChoice): JsonObject => ({
  '@odata.type': '#Microsoft.Dynamics.CRM.OptionSetMetadata',
  ...optionSetCommon({ ...choice, type: 'Picklist', global: true }),
  Options: choice.choices.map((one) => option(choice.name, one)),
});

/** Its columns, wherever they are. */
const usersOf = ({ model }: Engine, name: string): Array<{ table: Table; column: ColumnSchema }> =>
  model.tables.flatMap((table) =>
    [...table.columns.values()]
      .filter(({ globalChoice }) => globalChoice === name)
      .map((column) => ({ table, column })),
  );

/** Gives a global choice other options, and with it every column that has them from it. */
export function setGlobalOptions(engine: Engine, name: string, options: readonly Choice[]): void {
  const held = globalChoices(engine);
  const choice = held.get(name);
  if (!choice) return;
  held.set(name, { ...choice, choices: options });
  for (const { table, column } of usersOf(engine, name)) {
    engine.model.addColumn(table, { ...column, choices: options });
  }
}

export function addGlobalChoice(call: Call): WebResponse {
  return customize(call, 'prvCreateOptionSet', () => {
    const choice = readGlobalChoice(call, bodyOf(call));
    globalChoices(call.engine).set(choice.name, choice);
    const id = optionSetId(choice.name);
    const address = `${call.session.base}GlobalOptionSetDefinitions(${id})`;
    return {
      response: noContent({ 'OData-EntityId': address }),
      piece: choice,
      component: { id, type: COMPONENTS.globalChoice },
    };
  });
}

function readGlobalChoice({ engine }: Call, body: JsonObject): GlobalChoice {
  const type = String(body['@odata.type'] ?? '').replace(/^#/, '');
  if (type !== 'Microsoft.Dynamics.CRM.OptionSetMetadata') {
    throw errors.invalidArgument(
      "A global choice has the '@odata.type' 'Microsoft.Dynamics.CRM.OptionSetMetadata'.",
    );
  }
  const { Name: name } = body;
  if (typeof name !== 'string' || !/^[A-Za-z][^\W_]*_\w+$/.test(name)) {
    throw errors.invalidArgument(
      "A global choice needs a 'Name' with a prefix, such as 'new_colors'.",
    );
  }
  const key = name.toLowerCase();
  if (globalChoices(engine).has(key)) {
    throw errors.invalidArgument(`A global choice with the name ${name} exists already.`);
  }
  const labels = readLabels(body.DisplayName);
  return {
    name: key,
    ...(Object.keys(labels).length > 0 ? asLabelled(labels) : { label: name }),
    description: readLabels(body.Description),
    choices: readChoices(body.Options),
    custom: true,
  };
}

/** Documented: what is replaced is the definition, which does not include the options; they have actions of their own. */
export function updateGlobalChoice(call: Call, choice: GlobalChoice): WebResponse {
  return customize(call, 'prvWriteOptionSet', () => {
    const body = bodyOf(call);
    const { Name: name = choice.name } = body;
    if (String(name).toLowerCase() !== choice.name) {
      throw errors.invalidArgument(`'Name' must be '${choice.name}'.`);
    }
    const changed = {
      ...asLabelled(replacedLabels(call, labelsOf(choice), body.DisplayName)),
      description: replacedLabels(call, choice.description ?? {}, body.Description),
    };
    const held = globalChoices(call.engine);
    untilPublished(call.engine, publishable('optionset', choice.name), 'definition', () => {
      const newest = held.get(choice.name);
      if (newest) held.set(choice.name, { ...newest, ...changed });
    });
    const id = optionSetId(choice.name);
    return { response: noContent(), component: { id, type: COMPONENTS.globalChoice } };
  });
}

/** One that a column has its options from stays, and so does what comes from Microsoft. */
export function removeGlobalChoice(call: Call, { name, custom }: GlobalChoice): WebResponse {
  return customize(call, 'prvDeleteOptionSet', () => {
    const users = usersOf(call.engine, name).length;
    if (users > 0 || !custom) {
      throw new DataverseError(
        400,
        '0x8004f01f',
        `The OptionSet(${optionSetId(name)}) component cannot be deleted because it is referenced by ` +
          `${Math.max(users, 1)} other components.`,
      );
    }
    globalChoices(call.engine).delete(name);
    return { response: noContent() };
  });
}

const BIND = 'GlobalOptionSet@odata.bind';

/** What a column has from the global choice that its definition is bound to: `/GlobalOptionSetDefinitions(…)`. */
export function boundChoice(
  { engine, options }: Call,
  body: JsonObject,
): Pick<ColumnSchema, 'globalChoice' | 'choices'> {
  const address = body[BIND];
  if (address === undefined) return {};
  const [segment] = parsePath(String(address).replace(/^.*\/(?=GlobalOptionSetDefinitions)/, ''));
  if (segment?.name !== 'GlobalOptionSetDefinitions' || segment.inner === undefined) {
    throw errors.query(`'${BIND}' must be '/GlobalOptionSetDefinitions(<id>)'.`);
  }
  const predicate = parseKey(segment.inner, options.aliases);
  const wanted = predicate.kind === 'id' ? predicate.id : predicate.values.Name?.value;
  for (const { name, choices: own } of globalChoices(engine).values()) {
    if (wanted === name || wanted === optionSetId(name))
      return { globalChoice: name, choices: own };
  }
  throw errors.notFound('optionset', segment.inner);
}
