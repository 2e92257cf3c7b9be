/** Output previews: what n8n's editor shows of a node's output before it has run (`__schema__` beside the node). */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { isPlainObject, mapValues, mergeWith } from 'lodash';
import type { IDataObject, INodeType } from 'n8n-workflow';

import { newestVersion } from '../support/version';

/** As n8n-core's `output-schema-resolver` and the editor's schema preview read it. */
export interface PreviewSchema {
  type: 'array' | 'boolean' | 'null' | 'number' | 'object' | 'string';
  properties?: Record<string, PreviewSchema>;
  items?: PreviewSchema | Record<string, never>;
}

function typeOf(value: unknown): PreviewSchema['type'] {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number') return typeof value as 'boolean';
  return 'string';
}

export function schemaOf(value: unknown): PreviewSchema {
  if (Array.isArray(value)) {
    return { type: 'array', items: value.length > 0 ? merged(value.map(schemaOf)) : {} };
  }
  if (isPlainObject(value)) {
    return { type: 'object', properties: mapValues(value as Record<string, unknown>, schemaOf) };
  }
  return { type: typeOf(value) };
}

/** What any of them has; a field that is empty in one takes its type from another. */
export function merged(schemas: PreviewSchema[]): PreviewSchema {
  return schemas.reduce((one, other) =>
    mergeWith({}, one, other, (a: unknown, b: unknown, key: string) =>
      key === 'type' && b === 'null' ? (a ?? b) : undefined,
    ),
  );
}

/** Every field that the schema names: `items.0.sku` as `items[].sku`. */
export function pathsOf({ properties = {}, items }: PreviewSchema, path = ''): string[] {
  const inside = items && 'type' in items ? pathsOf(items as PreviewSchema, `${path}[]`) : [];
  return [
    ...inside,
    ...Object.entries(properties).flatMap(([name, schema]) => {
      const own = path === '' ? name : `${path}.${name}`;
      return [own, ...pathsOf(schema, own)];
    }),
  ];
}

const root = join(__dirname, '../..');

export interface Preview {
  /** Folder and name of the node, such as `XCart`. */
  node: string;
  version: string;
  resource?: string;
  operation: string;
}

function fileOf({ node, version, resource, operation }: Preview): string {
  const parts = [`v${version}`, resource, `${operation}.json`].filter((part) => part !== undefined);
  return join(root, 'nodes', node, '__schema__', ...parts);
}

export function readPreview(preview: Preview): PreviewSchema | undefined {
  const file = fileOf(preview);
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as PreviewSchema;
}

export function writePreview(preview: Preview, schema: PreviewSchema): void {
  const file = fileOf(preview);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(schema, undefined, 2)}\n`);
}

/** The preview of an operation names nothing that did not come; it is written first where `WRITE_PREVIEWS` is set. */
export function expectPreview(
  nodeType: INodeType,
  parameters: IDataObject,
  output: IDataObject[],
): void {
  expect(output).not.toHaveLength(0);
  const version = String(newestVersion(nodeType.description)).split('.').concat('0', '0');
  const preview = {
    node: nodeType.constructor.name,
    version: version.slice(0, 3).join('.'),
    resource: parameters.resource as string | undefined,
    operation: String(parameters.operation),
  };
  const came = merged(output.map(schemaOf));
  if (process.env.WRITE_PREVIEWS) writePreview(preview, came);
  const shown = readPreview(preview);
  expect(shown).toBeDefined();
  const there = new Set(pathsOf(came));
  expect(shown && pathsOf(shown).filter((path) => !there.has(path))).toEqual([]);
}
