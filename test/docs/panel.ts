import { mapValues } from 'lodash';
import type {
  INodeParameters,
  INodeProperties,
  INodePropertyCollection,
  INodePropertyOptions,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { OTHER_VALUE } from '../../nodes/CommerceMap/fields';
import { resourceMapping } from '../../nodes/CommerceMap/columns/schema';
import { FROM, listed } from '../support/mapPanel';
import { newestVersion } from '../support/version';

/** Commerce Map set by the words that its panel shows, so that a guide can be tried as it is read. */
export type Panel = Record<string, unknown>;

type Values = Record<string, unknown>;

const { description } = new CommerceMap();
const NODE = { typeVersion: newestVersion(description) };
const OTHER = /^Other( \(Type a (Name|Value)\))?$/;

const labelOf = ({ displayName }: INodeProperties): string =>
  displayName.replace(/ Name or ID$/, '');

/** The field that has this name, and is to be seen with what has been set before. */
function fieldOf(label: string, fields: readonly INodeProperties[], set: Values): INodeProperties {
  const found = fields.find(
    (field) =>
      labelOf(field) === label &&
      NodeHelpers.displayParameter(set as INodeParameters, field, NODE, description),
  );
  if (found) return found;
  throw new Error(`Beside ${JSON.stringify(set)} the panel shows no field "${label}"`);
}

function chosen(field: INodeProperties, value: string, targets: ReadonlyMap<string, string>) {
  if (OTHER.test(value)) return value.endsWith('Value)') ? OTHER_VALUE : 'other';
  const options = (field.options ?? []) as INodePropertyOptions[];
  const option = options.find(({ name }) => name === value);
  if (options.length > 0 && option === undefined) {
    throw new Error(`${field.displayName} does not offer "${value}"`);
  }
  return option?.value ?? targets.get(value) ?? value;
}

function saved(field: INodeProperties, value: unknown, targets: ReadonlyMap<string, string>) {
  if (Array.isArray(value)) {
    const [group] = (field.options ?? []) as INodePropertyCollection[];
    const fields = group?.values ?? [];
    return { [group?.name ?? '']: value.map((row) => set(row as Panel, fields, {}, targets)) };
  }
  if (field.type === 'collection') {
    return set(value as Panel, field.options as INodeProperties[], {}, targets);
  }
  if (typeof value !== 'string') return value;
  if (value.includes('{{ $')) return `=${value}`;
  return field.type === 'options' ? chosen(field, value, targets) : value;
}

function set(
  panel: Panel,
  fields: readonly INodeProperties[],
  before: Values,
  targets: ReadonlyMap<string, string>,
): Values {
  return Object.entries(panel).reduce<Values>((values, [label, value]) => {
    const field = fieldOf(label, fields, values);
    return { ...values, [field.name]: saved(field, value, targets) };
  }, before);
}

/** In a drop-down text is entered as an expression. */
const entered = (value: unknown, type?: string): unknown =>
  typeof value === 'string' && (type === 'options' || value.includes('{{')) ? `=${value}` : value;

/** Columns as it is saved. */
async function columnsOf(rows: Readonly<Record<string, unknown>>, binned: readonly string[]) {
  const context = {
    getCurrentNodeParameter: (name: keyof typeof FROM) => FROM[name],
    getNode: () => ({ credentials: {} }),
  };
  const ask = resourceMapping.getColumns;
  const { fields } = await ask.call(context as unknown as ThisParameterType<typeof ask>);
  const byId = new Map(fields.map((field) => [field.id, field]));
  // The editor keeps no value of a row that is not listed.
  const missing = [...Object.keys(rows), ...binned].find((path) => !byId.has(path));
  if (missing !== undefined) throw new Error(`Columns has no row "${missing}"`);
  const schema = fields.map((field) => {
    if (field.id in rows) return { ...field, removed: false };
    return binned.includes(field.id) ? { ...field, removed: true } : field;
  });
  const value = mapValues(rows, (given, path) => entered(given, byId.get(path)?.type));
  return { mappingMode: 'defineBelow', value, matchingColumns: [], schema };
}

/** What n8n saves of a node that is set so; `Removed Columns` are those whose bin was pressed. */
export async function parametersOf(panel: Panel): Promise<INodeParameters> {
  const { Columns, 'Removed Columns': removed, ...others } = panel;
  const names = await listed();
  const targets = new Map(names.map(({ name, value }) => [name, String(value)]));
  const start = { operation: 'map', ...FROM };
  const parameters = set(others, description.properties, start, targets);
  if (Columns !== undefined || removed !== undefined) {
    const columns = await columnsOf((Columns ?? {}) as Values, (removed ?? []) as string[]);
    return { ...parameters, columns } as unknown as INodeParameters;
  }
  return parameters as INodeParameters;
}
