import type { INodeProperties } from 'n8n-workflow';

import type { TableService } from '../service';

const columnsSource: INodeProperties = {
  displayName: 'Columns',
  name: 'columnsSource',
  type: 'options',
  noDataExpression: true,
  default: 'auto',
  description: 'Where the values to write come from',
  options: [
    {
      name: 'Map Automatically',
      value: 'auto',
      description: 'The whole input item; its field names are column names',
    },
    {
      name: 'From Field',
      value: 'field',
      description: 'An object in the input item, such as one that Commerce Map has made',
    },
    {
      name: 'Map Each Column Below',
      value: 'map',
      description: 'Choose columns and set each one',
    },
  ],
};

function columnsField(example: string): INodeProperties {
  return {
    displayName: 'Columns From Field',
    name: 'columnsField',
    type: 'string',
    default: '',
    required: true,
    placeholder: `e.g. ${example}`,
    description:
      'Name of the input field that holds the columns; dots lead deeper, as in order.customer',
    displayOptions: { show: { columnsSource: ['field'] } },
  };
}

/** What a row is written for: an update demands no column, for the rest is in the row already. */
export type Writing = 'create' | 'update';

function columns(writing: Writing): INodeProperties {
  return {
    displayName: 'Columns to Write',
    name: 'columns',
    type: 'resourceMapper',
    noDataExpression: true,
    default: { mappingMode: 'defineBelow', value: null },
    required: true,
    typeOptions: {
      // A change of what is named here erases all rows: the operation must not be among it.
      loadOptionsDependsOn: ['table.value', 'resource'],
      resourceMapper: {
        resourceMapperMethod: 'getColumns',
        // "map" alone asks for no column that an update leaves out.
        mode: writing === 'update' ? 'map' : 'add',
        fieldWords: { singular: 'column', plural: 'columns' },
        addAllFields: false,
        supportAutoMap: false,
        refreshStaleSchemaOnOpen: true,
        noFieldsError: 'Choose a table first',
      },
    },
    displayOptions: { show: { columnsSource: ['map'] } },
  };
}

/** Where the columns of a writing operation come from. */
export function columnFields(
  { words }: TableService,
  writing: Writing = 'create',
): INodeProperties[] {
  return [columnsSource, columnsField(words.columnsExample), columns(writing)];
}

/** The same for documents with lines, which no list of columns can hold; a mapping puts each into a field of its own. */
export function columnFieldsOfDocument(field: string): INodeProperties[] {
  const options = columnsSource.options?.filter(
    (option) => 'value' in option && option.value !== 'map',
  );
  return [
    { ...columnsSource, options, default: 'field' },
    { ...columnsField(field), default: field },
  ];
}
