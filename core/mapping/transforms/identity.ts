import { IDENTITY_KINDS, guestId, identifies, identityOf } from '../../commerce/identity';
import type { Transform } from './types';
import { textOf, textOption } from './types';

export const IDENTITY_TRANSFORMS: Transform[] = [
  {
    name: 'identity',
    displayName: 'Identity',
    description:
      'The fixed key (UUID) of a record of the shop: the same record gives the same key, always; an id of nobody, such as customer 0, gives none',
    options: [
      {
        name: 'kind',
        displayName: 'Kind',
        type: 'string',
        description: 'What the record is',
        required: true,
        choices: IDENTITY_KINDS,
      },
      {
        name: 'platform',
        displayName: 'Platform',
        type: 'string',
        description: 'Which shop software, mostly source.platform of the input, dragged here',
        required: true,
      },
      {
        name: 'store',
        displayName: 'Store',
        type: 'string',
        description:
          "The shop's name in its credential; mostly source.store of the input, dragged here",
        required: true,
      },
    ],
    compile: (options) => {
      const kind = textOption(options, 'kind');
      const platform = textOption(options, 'platform');
      const store = textOption(options, 'store');
      return (value) => {
        const text = textOf(value);
        if (!identifies(kind, text)) return undefined;
        return identityOf({ platform, store, kind, id: kind === 'guest' ? guestId(text) : text });
      };
    },
  },
];
