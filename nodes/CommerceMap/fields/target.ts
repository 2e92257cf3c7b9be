import type { INodeProperties } from 'n8n-workflow';

import { ALWAYS, DRAGGED, OTHER } from './other';

export const rowTarget: INodeProperties[] = [
  {
    displayName: 'Target Field Name or ID',
    name: 'target',
    type: 'options',
    ...DRAGGED,
    typeOptions: {
      ...ALWAYS,
      loadOptionsMethod: 'getTargetFields',
      loadOptionsDependsOn: ['from', 'to', 'customTo'],
    },
    default: '',
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  {
    displayName: 'Other Target Field',
    name: 'otherTarget',
    type: 'string',
    typeOptions: ALWAYS,
    displayOptions: { show: { target: [OTHER] } },
    default: '',
    placeholder: 'e.g. salesorder.new_channel',
    description: 'Name of a field that is not in the list, such as a custom column',
  },
];
