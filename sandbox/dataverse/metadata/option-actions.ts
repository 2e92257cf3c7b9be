import type { Engine } from '../engine';
import { errors } from '../errors';
import { json, noContent, type WebResponse } from '../../odata/http/message';
import { bodyOf, type Call } from '../operations/call';
import type { Parameters } from '../operations/parameters';
import type { JsonObject } from '../options';
import { contextUrl } from '../query/render';
import type { Choice, ColumnType } from '../schema/types';
import { customize, customizingOf, publishable, untilPublished } from './customizing';
import { globalChoices, setGlobalOptions } from './global-option-sets';
import { asLabelled, labelsOf, mergedLabels, readLabels } from './labels';
import { nextValue, readOptionValue, takenValue } from './options';

/**
 * Actions on the options of choices, of one column or global. They take effect when they are published. Source: Dataverse
 * docs, webapi/create-update-optionsets, and the Web API action reference.
 */

/** Options that an action changes. */
interface Options {
  /** What is published as a whole. */
  owner: string;
  piece: string;
  /** As they stand, with what is not published yet. */
  current: readonly Choice[];
  apply(choices: readonly Choice[]): void;
}

const CHOICE_TYPES: ReadonlySet<ColumnType> = new Set([
  'picklist',
  'multiselect',
  'status',
  'state',
]);

function optionsIn(engine: Engine, body: JsonObject): Options {
  const { OptionSetName: set, EntityLogicalName: entity, AttributeLogicalName: attribute } = body;
  const found =
    typeof set === 'string'
      ? ofSet(engine, set)
      : ofColumn(engine, String(entity), String(attribute));
  return { ...found, current: drafts(engine).get(found.piece) ?? found.current };
}

function ofSet(engine: Engine, name: string): Options {
  const choice = globalChoices(engine).get(name.toLowerCase());
  if (!choice) throw errors.notFound('optionset', name);
  return {
    owner: publishable('optionset', choice.name),
    piece: `options of ${choice.name}`,
    current: choice.choices,
    apply: (choices) => setGlobalOptions(engine, choice.name, choices),
  };
}

function ofColumn({ model }: Engine, entity: string, attribute: string): Options {
  const table = model.table(entity);
  if (!table) throw errors.notFound('entity', entity);
  const column = table.columns.get(attribute);
  if (!column) throw errors.notFound('attribute', attribute);
  if (!CHOICE_TYPES.has(column.type)) {
    throw errors.invalidArgument(`'${attribute}' of '${entity}' is no choice.`);
  }
  if (column.globalChoice !== undefined) {
    throw errors.invalidArgument(
      `The options of '${attribute}' are those of a global choice: name it by 'OptionSetName'.`,
    );
  }
  return {
    owner: publishable('entity', table.name),
    piece: `options of ${table.name}.${column.name}`,
    current: column.choices ?? [],
    apply: (choices) => {
      const newest = table.columns.get(column.name);
      if (newest) model.addColumn(table, { ...newest, choices });
    },
  };
}

/** Options that are not published yet, by the piece that they belong to. */
const drafts = (engine: Engine): Map<string, readonly Choice[]> => customizingOf(engine).options;

function change(call: Call, options: Options, choices: readonly Choice[]): void {
  const { engine } = call;
  drafts(engine).set(options.piece, choices);
  untilPublished(engine, options.owner, options.piece, () => {
    drafts(engine).delete(options.piece);
    options.apply(choices);
  });
}

/** The place of the option that `Value` names. */
function placeOf({ current }: Options, { Value: value }: JsonObject): number {
  const place = current.findIndex((choice) => choice.value === value);
  if (place < 0)
    throw errors.invalidArgument(`There is no option with the value ${String(value)}.`);
  return place;
}

/** Options need a label in the language of the environment. */
function labelsIn({ Label: label }: JsonObject): ReturnType<typeof asLabelled> {
  const labels = readLabels(label);
  if (Object.keys(labels).length > 0) return asLabelled(labels);
  throw errors.invalidArgument("'Label' needs a text.");
}

type Run = (call: Call, options: Options, body: JsonObject) => WebResponse;

const inserted =
  (name: string, state?: (body: JsonObject, options: Options) => number): Run =>
  (call, options, body) => {
    const value = readOptionValue(body.Value) ?? nextValue(options.current);
    if (options.current.some((choice) => choice.value === value)) throw takenValue(value);
    const made: Choice = {
      value,
      ...labelsIn(body),
      description: readLabels(body.Description),
      ...(state ? { state: state(body, options) } : {}),
    };
    change(call, options, [...options.current, made]);
    const context = contextUrl(call.session, `Microsoft.Dynamics.CRM.${name}Response`);
    return json(200, { '@odata.context': context, NewOptionValue: value });
  };

/** The state that a new status reason belongs to. */
function stateIn({ StateCode: state }: JsonObject, { current }: Options): number {
  if (current.some((choice) => choice.state === state)) return Number(state);
  throw errors.invalidArgument(`'StateCode' cannot be ${JSON.stringify(state ?? null)}.`);
}

const update: Run = (call, options, body) => {
  const place = placeOf(options, body);
  const before = options.current[place] as Choice;
  const merge = body.MergeLabels === true;
  const labels = merge ? mergedLabels(labelsOf(before), body.Label) : readLabels(body.Label);
  const description = merge
    ? mergedLabels(before.description ?? {}, body.Description)
    : readLabels(body.Description);
  const after: Choice = { ...before, ...asLabelled(labels), description };
  change(call, options, options.current.with(place, after));
  return noContent();
};

const remove: Run = (call, options, body) => {
  change(call, options, options.current.toSpliced(placeOf(options, body), 1));
  return noContent();
};

const order: Run = (call, options, { Values: values }) => {
  const wanted = Array.isArray(values) ? values : [];
  const sorted = wanted.map((value) => options.current.find((choice) => choice.value === value));
  const found = sorted.filter((choice) => choice !== undefined);
  if (new Set(found).size !== options.current.length || sorted.length !== found.length) {
    throw errors.invalidArgument("'Values' must name every option once.");
  }
  change(call, options, found);
  return noContent();
};

const PLACE = {
  OptionSetName: 'optional',
  EntityLogicalName: 'optional',
  AttributeLogicalName: 'optional',
  SolutionUniqueName: 'optional',
} as const;

const TEXTS = { Label: 'optional', Description: 'optional' } as const;

/** An action on metadata, and what it takes. */
export interface MetadataAction {
  run(call: Call): WebResponse;
  parameters: Parameters;
}

const onOptions = (run: Run, parameters: Parameters): MetadataAction => ({
  parameters: { ...PLACE, ...parameters },
  run: (call) => {
    const body = bodyOf(call);
    return customize(call, 'prvWriteOptionSet', () => ({
      response: run(call, optionsIn(call.engine, body), body),
    }));
  },
});

const NEW = { ...TEXTS, Value: 'optional' } as const;
const CHANGED = { ...TEXTS, Value: 'required', MergeLabels: 'required' } as const;

export const OPTION_ACTIONS: Readonly<Record<string, MetadataAction>> = {
  InsertOptionValue: onOptions(inserted('InsertOptionValue'), NEW),
  InsertStatusValue: onOptions(inserted('InsertStatusValue', stateIn), {
    ...NEW,
    StateCode: 'required',
  }),
  UpdateOptionValue: onOptions(update, CHANGED),
  UpdateStateValue: onOptions(update, CHANGED),
  DeleteOptionValue: onOptions(remove, { Value: 'required' }),
  OrderOption: onOptions(order, { Values: 'required' }),
};
