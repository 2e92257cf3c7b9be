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

const columns: INodeProperties = {
  displayName: 'Columns to Write',
  name: 'columns',
  type: 'resourceMapper',
  noDataExpression: true,
  default: { mappingMode: 'defineBelow', value: null },
  required: true,
  typeOptions: {
    loadOptionsDependsOn: ['table.value', 'resource', 'operation'],
    resourceMapper: {
      resourceMapperMethod: 'getColumns',
      mode: 'add',
      fieldWords: { singular: 'column', plural: 'columns' },
      addAllFields: false,
      supportAutoMap: false,
      noFieldsError: 'Choose a table first',
    },
  },
  displayOptions: { show: { columnsSource: ['map'] } },
};

/** Where the columns of a writing operation come from. */
export function columnFields({ words }: TableService): INodeProperties[] {
  return [columnsSource, columnsField(words.columnsExample), columns];
}

/** The same for documents with lines, which no list of columns can hold. */
export function columnFieldsOfDocument(example: string): INodeProperties[] {
  const options = columnsSource.options?.filter(
    (option) => 'value' in option && option.value !== 'map',
  );
  return [{ ...columnsSource, options }, columnsField(example)];
}
