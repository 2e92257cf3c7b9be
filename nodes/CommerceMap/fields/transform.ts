import { camelCase, startCase } from 'lodash';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { TRANSFORMS, type TransformOption } from '../../../core/mapping';
import { ALWAYS, OTHER_VALUE } from './other';
import { tableRowTitle } from './title';

/** The parameter of an option, such as `truncateLength`. */
export const optionParameter = (transform: string, option: string): string =>
  camelCase(`${transform} ${option}`);

const byName = (a: INodePropertyOptions, b: INodePropertyOptions): number =>
  a.name.localeCompare(b.name);

function choicesOf({ choices = [], choiceNames = {}, ...option }: TransformOption) {
  const listed = choices
    .map((value) => ({ name: choiceNames[value] ?? startCase(value), value }))
    .sort(byName);
  const isOptional = option.default === undefined && option.required !== true;
  return isOptional ? [{ name: 'None', value: '' }, ...listed] : listed;
}

type Field = Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>;

const numberField = ({ least }: TransformOption): Field['typeOptions'] =>
  least === undefined ? {} : { minValue: least, numberPrecision: 0 };

/** What a row of a table puts there: a choice of the target field, or a value that is typed. */
const targetValue: INodeProperties[] = [
  {
    displayName: 'To Name or ID',
    name: 'to',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getTargetChoices', loadOptionsDependsOn: ['from', 'to'] },
    default: OTHER_VALUE,
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  {
    displayName: 'Value',
    name: 'otherTo',
    type: 'string',
    displayOptions: { show: { to: [OTHER_VALUE] } },
    default: '',
    placeholder: 'To',
    description: 'What the target field gets; leave empty to leave it empty',
  },
];

const numberValue: INodeProperties[] = [
  { displayName: 'To', name: 'to', type: 'number', default: '', description: 'What it becomes' },
];

function tableField({ columns }: TransformOption): Field {
  const { from = 'From', to = 'To', holds = 'targetValue' } = columns ?? {};
  const [first, ...more] = holds === 'number' ? numberValue : targetValue;
  const right = first ? [{ ...first, displayName: to, placeholder: to }] : [];
  return {
    type: 'fixedCollection',
    typeOptions: {
      multipleValues: true,
      sortable: true,
      fixedCollection: { itemTitle: tableRowTitle },
    },
    placeholder: 'Add Row',
    default: {},
    options: [
      {
        displayName: 'Row',
        name: 'rows',
        values: [
          {
            displayName: from,
            name: 'from',
            type: 'string',
            default: '',
            placeholder: from,
            description: 'As it comes in; blanks around it do not matter',
          },
          ...right,
          ...more,
        ],
      },
    ],
  };
}

function fieldOf(option: TransformOption): Field {
  if (option.choices) {
    return { type: 'options', options: choicesOf(option), default: option.default ?? '' };
  }
  if (option.type === 'table') return tableField(option);
  const common = { default: option.default ?? '', placeholder: option.placeholder };
  switch (option.type) {
    case 'number':
      return { ...common, type: 'number', typeOptions: numberField(option) };
    case 'boolean':
      return { type: 'boolean', default: option.default ?? false };
    case 'string':
      return { ...common, type: 'string' };
  }
}

function optionField(transform: string, option: TransformOption): INodeProperties {
  const field = fieldOf(option);
  const { onlyWhere } = option;
  const where = onlyWhere && { [optionParameter(transform, onlyWhere.option)]: [onlyWhere.is] };
  return {
    ...field,
    displayName: option.displayName,
    name: optionParameter(transform, option.name),
    description: option.description,
    typeOptions: { ...field.typeOptions, ...ALWAYS },
    displayOptions: { show: { transform: [transform], ...where }, hide: { source: ['remove'] } },
  };
}

export const rowTransform: INodeProperties[] = [
  {
    displayName: 'Transform',
    name: 'transform',
    type: 'options',
    noDataExpression: true,
    displayOptions: { hide: { source: ['remove'] } },
    options: [
      ...TRANSFORMS.map(({ name, displayName, description }) => ({
        name: displayName,
        value: name,
        description,
      })),
      { name: 'None', value: '' },
    ].sort(byName),
    default: '',
    description: 'What to do with the value',
  },
  ...TRANSFORMS.flatMap(({ name, options }) => options.map((option) => optionField(name, option))),
];

/** All options by their names, for what the fields cannot say. */
export const rowTransformJson: INodeProperties = {
  displayName: 'Options (JSON)',
  name: 'transformOptions',
  type: 'json',
  displayOptions: { hide: { source: ['remove'], transform: [''] } },
  default: '{}',
  description:
    'For experts: options of the transform by their names, before what its fields say, such as {"length": 80} for Truncate',
};
