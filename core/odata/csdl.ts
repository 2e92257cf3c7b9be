import { XMLParser } from 'fast-xml-parser';

import { ServiceError } from '../errors';
import type { ODataClient } from './types';

/** Actions and functions that a service says it has (OData 4.0 CSDL, 12: Action, Function and their parameters). */

export interface CallableParameter {
  name: string;
  /** `Edm.Int32`; of the service's own types without the namespace: `salesorder`. Of a list, that of its members. */
  type: string;
  isList: boolean;
}

export interface Callable {
  name: string;
  kind: 'action' | 'function';
  /** What it is called on: a row of this type, or its set. Absent: it is called by itself. */
  bound?: { type: string; isSet: boolean };
  parameters: CallableParameter[];
}

export interface Callables {
  all: Callable[];
  /** Names of the types whose values are names out of a list. */
  enums: ReadonlySet<string>;
  /** Types of rows, each with the one that it descends from: `task` from `activitypointer`. */
  bases: ReadonlyMap<string, string>;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: (name) => ['Action', 'Function', 'Parameter'].includes(name),
});

/**
 * Whole elements and no others: `ActionImport` and what stands in other elements begin otherwise. Of a document of many
 * megabytes only these are read into objects.
 */
const ELEMENTS = /<(Action|Function)\s(?:[^<>"']|"[^"]*"|'[^']*')*?(?:\/>|>[\s\S]*?<\/\1>)/g;

const ROW_TYPES = /<EntityType\s(?:[^<>"']|"[^"]*"|'[^']*')*>/g;

const ENUMS = /<EnumType\s[^<>]*?\bName="([^"]*)"/g;

interface Element {
  Name?: string;
  IsBound?: string;
  Parameter?: Array<{ Name?: string; Type?: string }>;
}

function typeOf(text = ''): { type: string; isList: boolean } {
  const [, inner] = /^Collection\((.*)\)$/.exec(text) ?? [];
  const name = inner ?? text;
  const type = name.startsWith('Edm.') ? name : (name.split('.').at(-1) ?? '');
  return { type, isList: inner !== undefined };
}

function toCallable(
  kind: Callable['kind'],
  { Name, IsBound, Parameter = [] }: Element,
): Callable[] {
  if (!Name) return [];
  const given = Parameter.map(({ Name: name = '', Type }) => ({ name, ...typeOf(Type) }));
  const [binding, ...rest] = given;
  if (IsBound !== 'true' || !binding) return [{ name: Name, kind, parameters: given }];
  const bound = { type: binding.type, isSet: binding.isList };
  return [{ name: Name, kind, bound, parameters: rest }];
}

/** Of what its tag says; what stands within is not read. */
function baseOf(tag: string): Array<[string, string]> {
  const [name, base] = ['Name', 'BaseType'].map(
    (attribute) => new RegExp(`\\s${attribute}=["']([^"']*)["']`).exec(tag)?.[1],
  );
  return name && base ? [[name, typeOf(base).type]] : [];
}

/** @param csdl what `$metadata` answers */
export function readCallables(csdl: string): Callables {
  const text = (csdl.match(ELEMENTS) ?? []).join('');
  const { Schema } = parser.parse(`<Schema>${text}</Schema>`) as {
    Schema?: { Action?: Element[]; Function?: Element[] } | string;
  };
  const { Action = [], Function: functions = [] } = typeof Schema === 'object' ? Schema : {};
  return {
    all: [
      ...Action.flatMap((element) => toCallable('action', element)),
      ...functions.flatMap((element) => toCallable('function', element)),
    ],
    bases: new Map((csdl.match(ROW_TYPES) ?? []).flatMap(baseOf)),
    enums: new Set([...csdl.matchAll(ENUMS)].map(([, name = '']) => name)),
  };
}

/** Asks the service. Some megabytes: keep the answer. */
export async function askCallables(client: ODataClient): Promise<Callables> {
  const { words } = client.service;
  const { status, body } = await client.request({
    method: 'GET',
    path: '$metadata',
    headers: { accept: 'application/xml' },
  });
  if (typeof body === 'string' && /<(?:\w+:)?Edmx\b/.test(body)) return readCallables(body);
  throw new ServiceError(`${words.name} did not say what actions and functions it has.`, {
    class: 'unknown',
    status,
    fix: 'Choose in Kind whether it is an action or a function: then $metadata is not read.',
  });
}
