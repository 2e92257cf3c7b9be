import type { INodeListSearchResult, ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { PageOptions, Pages } from '../../../core/http/pages';
import type { ParameterReader } from '../parameters';
import type { OneItem } from '../steps';
import { type IdShape, isId } from './ids';
import { searchMethod } from './search';
import type { OpenedStore, StoreService } from './service';

/** Another way than the id to say which record is meant, such as *By Number*. */
export interface LocatorMode<Store, Row> {
  displayName: string;
  /** As saved workflows hold it. */
  mode: string;
  /** As a placeholder shows it. */
  example: string;
  /** The record that a text names. Undefined, or a failure `not-found`: there is none. */
  find(store: Store, text: string): Promise<Row | undefined>;
  /** What is found is all that the store tells of the record, so that *Get* need not ask for it again. */
  findsWhole?: true;
  /** Said where nothing is found, in better words than that the record was not found this way. */
  notFound?: { message: string; fix: string };
  /** What a person searches the list for is first taken for such a text where it looks like this. */
  searchedFor?: RegExp;
}

/** What to show in a list that a person searches. */
export interface Wanted {
  /** What was typed. */
  text?: string;
  /** Id of what the records stand below; '' where they stand below nothing. */
  parentId: string;
}

/** What records stand below, as a node is told: one locator, or several fields that together say it. */
export interface Parent<Store> {
  fields: INodeProperties[];
  /** Rejects where nothing is chosen. */
  locate(store: Store, one: OneItem): Promise<{ id: string }>;
  /** The same as the editor has it now; '' where nothing is chosen yet, or not by its id. */
  chosen(context: ILoadOptionsFunctions): string;
}

/** The list from which a person chooses a record. */
export interface LocatorList<Store, Row> {
  /** Name of the node's method, by which the editor and saved workflows call it. */
  method: string;
  /** Who compares with what was typed: the store (`pages` asks it to), or this node, which goes through the pages. */
  searchedBy: 'node' | 'store';
  /** What the records stand below; nothing is listed before one is chosen. */
  parent?: Parent<Store>;
  pages(store: Store, options: PageOptions, wanted: Wanted): Pages<Row>;
  /** What an entry says; what is empty is left out, and an entry that says nothing shows its id. */
  entry(row: Row): Array<string | null | undefined>;
}

/** "Which record": the field in which a node is told, and what it means. */
export interface LocatorDefinition<Store, Row> {
  displayName: string;
  name: string;
  ids: IdShape;
  idOf(row: Row): number | string;
  list: LocatorList<Store, Row>;
  modes?: Array<LocatorMode<Store, Row>>;
}

export interface Located<Row> {
  id: string;
  /** Where it was read whole to learn its id. */
  record?: Row;
}

export interface Locator<Store, Row = unknown> extends Parent<Store> {
  field: INodeProperties;
  ids: IdShape;
  /** Which record an item means. Rejects where it means none. */
  locate(store: Store, one: OneItem): Promise<Located<Row>>;
  method: string;
  search(
    this: ILoadOptionsFunctions,
    filter?: string,
    token?: string,
  ): Promise<INodeListSearchResult>;
}

function locatorField<Store, Row>(definition: LocatorDefinition<Store, Row>): INodeProperties {
  const { displayName, name, ids, list, modes = [] } = definition;
  return {
    displayName,
    name,
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod: list.method, searchable: true },
      },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
        placeholder: ids.example,
        validation: [
          {
            type: 'regex',
            properties: { regex: ids.pattern, errorMessage: `An ID is ${ids.words}` },
          },
        ],
      },
      ...modes.map((mode) => ({
        displayName: mode.displayName,
        name: mode.mode,
        type: 'string' as const,
        placeholder: mode.example,
      })),
    ],
  };
}

function chosenId(context: ILoadOptionsFunctions, { name }: INodeProperties, ids: IdShape): string {
  const value = context.getCurrentNodeParameter(name, { extractValue: true });
  const id = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return isId(ids, id) ? id : '';
}

interface Given {
  mode: string;
  value: string;
}

/** A tool call or an old workflow may give the bare value. */
function readGiven(
  read: ParameterReader,
  { name, displayName }: INodeProperties,
  index: number,
): Given {
  const given = read<Partial<Given> | string | number | undefined>(name, index);
  const { mode, value }: Partial<Given> =
    typeof given === 'object' && given !== null
      ? given
      : { mode: 'id', value: String(given ?? '') };
  const text = String(value ?? '').trim();
  if (text !== '') return { mode: mode ?? 'id', value: text };
  throw validationError(
    `${displayName} is empty`,
    `Choose one from the list, or give its ID in the field ${displayName}.`,
  );
}

function checkedId(ids: IdShape, value: string, displayName: string): string {
  if (isId(ids, value)) return value;
  throw validationError(
    `The ID of ${displayName} is not ${ids.words}: "${value.slice(0, 40)}"`,
    'Use the ID that the store itself gives the record.',
  );
}

async function find<Store, Row>(
  store: Store,
  { displayName: field }: INodeProperties,
  { displayName: way, find: lookUp, notFound }: LocatorMode<Store, Row>,
  text: string,
): Promise<Row> {
  const found = await lookUp(store, text);
  if (found !== undefined) return found;
  const words = notFound ?? {
    message: `No ${field.toLowerCase()} was found ${way.toLowerCase()}`,
    fix: `Check what stands in the field ${field}.`,
  };
  throw validationError(words.message, words.fix);
}

/** Makes of a definition the field of a node, its list and its meaning. */
export function locator<Store extends OpenedStore, Row>(
  service: StoreService<Store>,
  definition: LocatorDefinition<Store, Row>,
): Locator<Store, Row> {
  const { ids, idOf, list, modes = [] } = definition;
  const field = locatorField(definition);
  return {
    field,
    fields: [field],
    chosen: (context) => chosenId(context, field, ids),
    ids,
    method: list.method,
    search: searchMethod(service, definition),
    locate: async (store, { read, index }) => {
      const given = readGiven(read, field, index);
      const mode = modes.find((each) => each.mode === given.mode);
      if (!mode) return { id: checkedId(ids, given.value, field.displayName) };
      const record = await find(store, field, mode, given.value);
      const id = String(idOf(record));
      return mode.findsWhole ? { id, record } : { id };
    },
  };
}
