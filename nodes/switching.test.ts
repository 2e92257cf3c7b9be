import type {
  INodeParameters,
  INodeProperties,
  INodeType,
  INodeTypeDescription,
  NodeParameterValueType,
} from 'n8n-workflow';
import { isEqual, omit } from 'lodash';
import { NodeHelpers } from 'n8n-workflow';

import { Clarity } from './Clarity/Clarity.node';
import { CommerceMap } from './CommerceMap/CommerceMap.node';
import { Dynamics365 } from './Dynamics365/Dynamics365.node';
import { SyncLedger } from './SyncLedger/SyncLedger.node';
import { ThreeDCart } from './ThreeDCart/ThreeDCart.node';
import { XCart } from './XCart/XCart.node';

const NODES = [
  new Clarity(),
  new CommerceMap(),
  new Dynamics365(),
  new SyncLedger(),
  new ThreeDCart(),
  new XCart(),
];

interface Place extends INodeParameters {
  operation: string;
}

/** What the editor gives a new node. */
const newest = ({ version }: INodeTypeDescription): number => [version].flat().at(-1) ?? 1;

/** Without the fields that only nodes of earlier versions have. */
function propertiesOf({ description }: INodeType): INodeProperties[] {
  const node = { typeVersion: newest(description) };
  return description.properties.filter((property) => {
    const versions = property.displayOptions?.show?.['@version'];
    if (!versions) return true;
    const ofVersion = { ...property, displayOptions: { show: { '@version': versions } } };
    return NodeHelpers.displayParameter({}, ofVersion, node, description);
  });
}

/** Which of the parameters n8n shows; `keepsDefaults` as when it saves, or when it fills a panel. */
function shownIn(
  { description }: INodeType,
  parameters: INodeParameters,
  keepsDefaults: boolean,
): INodeParameters {
  const node = { typeVersion: newest(description) };
  const { properties } = description;
  return (
    NodeHelpers.getNodeParameters(
      properties,
      parameters,
      keepsDefaults,
      false,
      node,
      description,
    ) ?? {}
  );
}

const dependsOn = ({ displayOptions: { show, hide } = {} }: INodeProperties, name: string) =>
  show?.[name] !== undefined || hide?.[name] !== undefined;

/**
 * Whether n8n takes what is set for one of the choices. It takes the options of a collection for choices, too, and the
 * names of all that is set for what is chosen of them: no collection has its own.
 */
const isOffered = ({ name, options = [] }: INodeProperties, set: INodeParameters): boolean =>
  options.some((option) => 'value' in option && option.value === set[name]);

/** Takes out what is no choice of a field that depends on the operation (editor-ui, `removeMismatchedOptionValues`). */
function offeredOf({ description }: INodeType, set: INodeParameters): INodeParameters {
  const node = { typeVersion: newest(description) };
  const mismatched = description.properties.filter(
    (property) =>
      property.options &&
      property.name in set &&
      dependsOn(property, 'operation') &&
      NodeHelpers.displayParameter(set, property, node, description) &&
      !isOffered(property, set),
  );
  return omit(
    set,
    mismatched.map(({ name }) => name),
  );
}

/** What n8n's panel does when another operation is chosen (editor-ui, `useNodeSettingsParameters`). */
function switchTo(
  node: INodeType,
  parameters: INodeParameters,
  operation: string,
): INodeParameters {
  const set = shownIn(node, parameters, false);
  return shownIn(node, offeredOf(node, { ...set, operation }), true);
}

/** Types of options that hold one value. */
const SIMPLE = new Set(['boolean', 'number', 'string', 'options']);

const choicesOf = ({ options = [] }: INodeProperties): NodeParameterValueType[] =>
  options.flatMap((option) => ('value' in option ? [option.value] : []));

const innerOf = ({ options = [] }: INodeProperties): INodeProperties[] =>
  options.flatMap((option) => ('type' in option ? [option] : []));

/** One option that both offer. */
function filledCollection(property: INodeProperties, other: INodeProperties): INodeParameters {
  const offered = new Set(innerOf(other).map(({ name }) => name));
  const option = innerOf(property).find(({ name, type }) => offered.has(name) && SIMPLE.has(type));
  return option ? { [option.name]: entered(option, option) } : {};
}

/** One row, of which the first text is set. */
function filledRows({ options = [] }: INodeProperties): INodeParameters {
  const [group] = options;
  if (!group || !('values' in group)) throw new Error('A fixedCollection without groups');
  const field = group.values.find(({ type }) => type === 'string') ?? group.values[0];
  return { [group.name]: [{ [field?.name ?? '']: 'x' }] };
}

/** Something that a user may have set, and that another operation with the same field takes, too. */
function entered(property: INodeProperties, other: INodeProperties): NodeParameterValueType {
  const { type, default: value } = property;
  const shared = new Set(choicesOf(other));
  switch (type) {
    case 'boolean':
      return value !== true;
    case 'number':
      return Number(value) + 1;
    case 'options':
      return choicesOf(property).find((choice) => choice !== value && shared.has(choice)) ?? value;
    case 'resourceLocator':
      return { __rl: true, mode: 'list', value: 'x' };
    case 'resourceMapper':
      return { mappingMode: 'defineBelow', value: { name: 'x' }, schema: [] };
    case 'collection':
      return filledCollection(property, other);
    case 'fixedCollection':
      return filledRows(property);
    case 'assignmentCollection':
      return value;
    default:
      return 'x';
  }
}

/** n8n takes a name with a slash for the same parameter of the node. */
const isAt = ({ displayOptions: { show } = {} }: INodeProperties, place: Place): boolean =>
  Object.entries(place).every(
    ([name, value]) => (show?.[name] ?? show?.[`/${name}`])?.includes(value as string) ?? false,
  );

/** The first choice of each other field that a field depends on. */
function conditionsOf({ displayOptions }: INodeProperties, place: Place): INodeParameters {
  return Object.fromEntries(
    Object.entries(displayOptions?.show ?? {})
      .filter(([name]) => !(name.replace('/', '') in place) && !name.startsWith('@'))
      .map(([name, values]) => [name, values?.[0] as NodeParameterValueType]),
  );
}

function placesOf({ description }: INodeType): Place[] {
  return description.properties
    .filter(({ name }) => name === 'operation')
    .flatMap((property) => {
      const [resource] = property.displayOptions?.show?.['resource'] ?? [];
      return choicesOf(property).map((operation) => ({
        ...(resource !== undefined && { resource: resource as string }),
        operation: String(operation),
      }));
    });
}

/**
 * Fields that n8n cannot keep, as it saves no default: each operation takes another thing by default, and the choice that
 * shows the field is the default of the one alone.
 */
const OTHER_BY_DEFAULT = [
  // A whole document, and not the columns of one row, which Create even refuses to take for it.
  ...['invoice', 'quote', 'salesOrder'].flatMap((resource) =>
    ['create', 'update'].map((other) => `${resource} upsert → ${other}: columnsField`),
  ),
  ...['create', 'update', 'upsert'].map(
    (other) => `purchaseOrder saveWithLines → ${other}: columnsField`,
  ),
  // A record of a list of the ledger, and not one that a trigger has brought.
  'sendEdited → link: keyField',
];

interface Field {
  node: INodeType;
  from: Place;
  to: Place;
  property: INodeProperties;
  /** The field of the same name of the other operation. */
  other: INodeProperties;
}

/** Each field that an operation has in common with another one of its resource. */
function commonFields(node: INodeType): Field[] {
  const properties = propertiesOf(node);
  const places = placesOf(node);
  return places.flatMap((from) =>
    places
      .filter(
        ({ operation, resource }) => resource === from.resource && operation !== from.operation,
      )
      .flatMap((to) =>
        properties
          .filter((property) => isAt(property, from))
          .flatMap((property) => {
            const conditions = JSON.stringify(conditionsOf(property, from));
            const other = properties.find(
              (candidate) =>
                candidate.name === property.name &&
                isAt(candidate, to) &&
                JSON.stringify(conditionsOf(candidate, to)) === conditions,
            );
            return other ? [{ node, from, to, property, other }] : [];
          }),
      ),
  );
}

describe.each(NODES.map((node) => [node.description.displayName, node] as const))(
  '%s: another operation',
  (_, node) => {
    const fields = commonFields(node);
    const nameOf = ({ from, to, property }: Field): string =>
      `${Object.values(from).join(' ')} → ${to.operation}: ${property.name}`;

    it('takes over what the two have in common', () => {
      expect(fields.length).toBeGreaterThan(0);
      const lost = fields.filter(({ from, to, property, other }) => {
        const value = entered(property, other);
        const conditions = conditionsOf(property, from);
        const set = { ...from, ...conditions, [property.name]: value };
        const { [property.name]: before } = shownIn(node, set, true);
        const { [property.name]: kept } = switchTo(node, set, to.operation);
        return property.type !== other.type || !isEqual(kept, before);
      });
      const unknown = lost.map(nameOf).filter((name) => !OTHER_BY_DEFAULT.includes(name));
      expect(unknown).toEqual([]);
    });

    it('finds a choice of its own where a field has choices', () => {
      const foreign = fields.filter(({ property, other }) => {
        const choices = new Set(choicesOf(other));
        return (
          property.type === 'options' &&
          choices.size > 0 &&
          !choicesOf(property).some((choice) => choices.has(choice))
        );
      });
      expect(foreign.map(nameOf)).toEqual([]);
    });

    /** The editor erases the rows of a column mapper, and asks for lists anew, when what is named here changes. */
    it('changes nothing that a list depends on', () => {
      const dependent = fields.filter(({ property }) =>
        [property.typeOptions?.loadOptionsDependsOn ?? []].flat().includes('operation'),
      );
      expect(dependent.map(nameOf)).toEqual([]);
    });
  },
);
