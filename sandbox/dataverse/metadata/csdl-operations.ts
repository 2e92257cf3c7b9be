import type { Engine } from '../engine';
import { servedActions, type ServedAction } from '../operations/actions';
import { FUNCTION_PARAMETERS } from '../operations/functions';
import { bulkMessages } from '../operations/bulk';
import { METADATA_ACTION_PARAMETERS } from './actions';
import { ANSWER_TYPES, COMPLEX_TYPES, ENUM_TYPES, PARAMETER_TYPES } from './operation-types';

/** The actions and functions of `$metadata`, in the places where the service has them. Source: OData 4.0 CSDL, 12 and 13. */

interface Parameter {
  name: string;
  type: string;
  required: boolean;
}

const parameter = ({ name, type, required }: Parameter): string =>
  `<Parameter Name="${name}" Type="${type}"${required ? ' Nullable="false"' : ''}${
    type === 'Edm.String' ? ' Unicode="false"' : ''
  } />`;

/** @throws an error of the sandbox itself where nobody has said of which type a parameter is */
function typeOf(operation: string, name: string): string {
  const type = PARAMETER_TYPES[`${operation}.${name}`] ?? PARAMETER_TYPES[name];
  if (type !== undefined) return type;
  throw new Error(`Say the type of '${name}' of '${operation}' in metadata/operation-types.ts`);
}

type Parameters = Readonly<Record<string, 'required' | 'optional'>>;

const parametersOf = (operation: string, parameters: Parameters): Parameter[] =>
  Object.entries(parameters).map(([name, level]) => ({
    name,
    type: typeOf(operation, name),
    required: level === 'required',
  }));

function element(
  kind: 'Action' | 'Function',
  name: string,
  parameters: readonly Parameter[],
  bound: boolean,
): string {
  const answer = ANSWER_TYPES[name];
  const returned = answer === undefined ? '' : `<ReturnType Type="${answer}" Nullable="false" />`;
  const inner = parameters.map(parameter).join('') + returned;
  return `<${kind} Name="${name}"${bound ? ' IsBound="true"' : ''}>${inner}</${kind}>`;
}

/** An action that is bound takes the set, or the row, as its first parameter, and the row's id as none. */
function boundAction({ name, table = '', row, parameters }: ServedAction): string {
  const others = Object.fromEntries(Object.entries(parameters).filter(([other]) => other !== row));
  const place =
    row === undefined
      ? { name: 'entityset', type: `Collection(mscrm.${table})`, required: true }
      : { name: 'entity', type: `mscrm.${table}`, required: true };
  return element('Action', name, [place, ...parametersOf(name, others)], true);
}

/** CreateMultiple and its like, once for each table that has them. */
const bulkActions = (engine: Engine): string[] =>
  bulkMessages(engine).map(({ message, table }) => {
    const type = `Collection(mscrm.${table.name})`;
    const places = ['entityset', 'Targets'].map((name) => ({ name, type, required: true }));
    return element('Action', message, places, true);
  });

interface Unbound {
  kind: 'Action' | 'Function';
  name: string;
  parameters: Parameters;
}

function unbound(engine: Engine): Unbound[] {
  const actions = [
    ...servedActions(engine).filter(({ places }) => places.includes('unbound')),
    ...Object.entries(METADATA_ACTION_PARAMETERS).map(([name, parameters]) => ({
      name,
      parameters,
    })),
  ].map(({ name, parameters }): Unbound => ({ kind: 'Action', name, parameters }));
  const functions = Object.entries(FUNCTION_PARAMETERS).map(([name, parameters]): Unbound => ({
    kind: 'Function',
    name,
    parameters,
  }));
  return [...actions, ...functions];
}

/** All of them, with the types that they take and answer beside the tables. */
export function operations(engine: Engine): string {
  const bound = servedActions(engine).filter(({ places }) => places.includes('bound'));
  return [
    ...Object.entries(ENUM_TYPES).map(enumType),
    ...Object.entries(COMPLEX_TYPES).map(complexType),
    ...bound.map(boundAction),
    ...bulkActions(engine),
    ...unbound(engine).map(({ kind, name, parameters }) =>
      element(kind, name, parametersOf(name, parameters), false),
    ),
  ].join('');
}

/** What is called at the root of the service stands in its container. */
export const imports = (engine: Engine): string =>
  unbound(engine)
    .map(
      ({ kind, name }) =>
        `<${kind}Import Name="${name}" ${kind}="Microsoft.Dynamics.CRM.${name}" />`,
    )
    .join('');

const enumType = ([name, members]: readonly [string, readonly string[]]): string => {
  const listed = members.map((member, value) => `<Member Name="${member}" Value="${value}" />`);
  return `<EnumType Name="${name}">${listed.join('')}</EnumType>`;
};

const complexType = ([name, properties]: readonly [
  string,
  Readonly<Record<string, string>>,
]): string => {
  const listed = Object.entries(properties).map(
    ([property, type]) => `<Property Name="${property}" Type="${type}" />`,
  );
  return `<ComplexType Name="${name}">${listed.join('')}</ComplexType>`;
};
