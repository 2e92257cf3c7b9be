import type { Transform } from './types';
import { textOf, textOption } from './types';

/** Small words that belong to the family name that follows. */
const PARTICLES = new Set(
  'da das de del della der di dos du el la le van von zu zur ter ten bin ibn al st'.split(' '),
);
const SUFFIX = /^(jr|sr|ii|iii|iv|phd|md)\.?$/i;

export interface PersonName {
  first?: string;
  last?: string;
}

/** "Ada Byron" and "Byron, Ada"; a single word is a last name, which Dataverse requires of a contact. */
export function splitName(text: string): PersonName {
  const clean = text.trim().replace(/\s+/g, ' ');
  const [before = '', after] = clean.split(',', 2).map((part) => part.trim());
  if (after !== undefined && after !== '' && !SUFFIX.test(after))
    return { first: after, last: before };
  const words = before.split(' ').filter((word) => word !== '' && !SUFFIX.test(word));
  if (words.length < 2) return { last: words[0] };
  const particle = words.findIndex((word, at) => at > 0 && PARTICLES.has(word.toLowerCase()));
  const cut = particle === -1 ? words.length - 1 : particle;
  return { first: words.slice(0, cut).join(' '), last: words.slice(cut).join(' ') };
}

export const NAME_TRANSFORMS: Transform[] = [
  {
    name: 'nameSplit',
    displayName: 'Part of a Name',
    description: 'First or last name of a person whose whole name stands in one field',
    options: [
      {
        name: 'part',
        displayName: 'Part',
        type: 'string',
        description: 'Which part to take',
        default: 'last',
        choices: ['first', 'last'],
        choiceNames: { first: 'First Name', last: 'Last Name' },
      },
    ],
    compile: (options) => {
      const part = textOption(options, 'part') as keyof PersonName;
      return (value) => splitName(textOf(value))[part];
    },
  },
];
