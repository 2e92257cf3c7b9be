import { validationError } from '../../errors';
import { lineOf } from './lines';
import type { Tell } from '../scope';
import type { Transform } from './types';
import { numberOption, textOf, textOption } from './types';

const HALF_PAIR_AT_END = /[\uD800-\uDBFF]$/;

/**
 * Counted as Dataverse counts: in UTF-16 units, of which an emoji or a rare letter takes two. None is cut in half.
 */
function truncate(text: string, length: number, tell: Tell): string {
  if (text.length <= length) return text;
  tell(`cut from ${text.length} to ${length} characters`);
  return text.slice(0, length).replace(HALF_PAIR_AT_END, '').trimEnd();
}

const LENGTH = {
  name: 'length',
  displayName: 'Length',
  type: 'number',
  description: 'Number of characters',
  least: 1,
  required: true,
} as const;

export const TEXT_TRANSFORMS: Transform[] = [
  {
    name: 'trim',
    displayName: 'Trim',
    description: 'Remove white space at both ends, and make one space of several',
    options: [],
    compile: () => (value) =>
      textOf(value)
        .trim()
        .replace(/[^\S\n]+/g, ' '),
  },
  {
    name: 'trimEnds',
    displayName: 'Trim Ends',
    description: 'Remove white space at both ends and leave the rest as it is, as for a SKU',
    options: [],
    compile: () => (value) => textOf(value).trim(),
  },
  {
    name: 'text',
    displayName: 'Text',
    description: 'Turn numbers and true or false into text',
    options: [],
    compile: () => textOf,
  },
  {
    name: 'upper',
    displayName: 'Upper Case',
    description: 'All letters in upper case',
    options: [],
    compile: () => (value) => textOf(value).toUpperCase(),
  },
  {
    name: 'lower',
    displayName: 'Lower Case',
    description: 'All letters in lower case',
    options: [],
    compile: () => (value) => textOf(value).toLowerCase(),
  },
  {
    name: 'truncate',
    displayName: 'Truncate',
    description: 'Cut text that is longer than the target column holds',
    options: [LENGTH],
    compile: (options) => {
      const length = numberOption(options, 'length') ?? 0;
      return (value, tell) => truncate(textOf(value), length, tell);
    },
  },
  {
    name: 'whole',
    displayName: 'Whole or Not at All',
    description:
      'Leave out text that is too long and means nothing when cut, such as an e-mail address',
    options: [LENGTH],
    compile: (options) => {
      const length = numberOption(options, 'length') ?? 0;
      return (value, tell) => {
        const text = textOf(value);
        if (text.length <= length) return text;
        tell(`left out: it has ${text.length} characters, and there is room for ${length}`);
        return undefined;
      };
    },
  },
  {
    name: 'replace',
    displayName: 'Replace',
    description: 'Replace every occurrence of a text by another',
    options: [
      {
        name: 'search',
        displayName: 'Search',
        type: 'string',
        description: 'The text to replace, as it stands (no pattern)',
        required: true,
      },
      {
        name: 'with',
        displayName: 'With',
        type: 'string',
        description: 'What to put in its place',
        default: '',
      },
    ],
    compile: (options) => {
      const search = textOption(options, 'search');
      const replacement = textOption(options, 'with');
      if (search === '') {
        throw validationError('option "search" is empty', 'Write the text that is to be replaced.');
      }
      return (value) => textOf(value).split(search).join(replacement);
    },
  },
  {
    name: 'pad',
    displayName: 'Pad',
    description: 'Fill up at the start to a fixed length, such as 42 to 000042',
    options: [
      LENGTH,
      {
        name: 'with',
        displayName: 'With',
        type: 'string',
        description: 'The character to fill up with',
        default: '0',
      },
    ],
    compile: (options) => {
      const length = numberOption(options, 'length') ?? 0;
      const fill = textOption(options, 'with');
      return (value) => textOf(value).padStart(length, fill);
    },
  },
  {
    name: 'prefix',
    displayName: 'Prefix',
    description: 'Put a text in front, and one behind where wanted',
    options: [
      {
        name: 'text',
        displayName: 'Text',
        type: 'string',
        description: 'What stands in front',
        default: '',
      },
      {
        name: 'after',
        displayName: 'After',
        type: 'string',
        description: 'What stands behind',
        default: '',
      },
    ],
    compile: (options) => {
      const before = textOption(options, 'text');
      const after = textOption(options, 'after');
      return (value) => before + textOf(value) + after;
    },
  },
  {
    name: 'line',
    displayName: 'Line of Text',
    description: 'One line of a text of several lines, such as the second of an address',
    options: [
      {
        name: 'number',
        displayName: 'Number',
        type: 'number',
        description: '1 for the first line',
        least: 1,
        default: 1,
      },
      {
        name: 'of',
        displayName: 'Of',
        type: 'number',
        least: 1,
        description:
          'How many lines there is room for; the last one takes all that follow, with commas between',
      },
      {
        name: 'length',
        displayName: 'Length',
        type: 'number',
        least: 1,
        description: 'Characters that a line holds; what is longer runs on into the next',
      },
    ],
    compile: (options) => {
      const index = (numberOption(options, 'number') ?? 1) - 1;
      const room = { of: numberOption(options, 'of'), length: numberOption(options, 'length') };
      return (value, tell) => lineOf(textOf(value), index, room, tell);
    },
  },
];
