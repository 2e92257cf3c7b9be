import { z } from 'zod';

import { didYouMean } from '../../../mapping/suggest';
import type { Step } from './lines';

/** What people look for under another name, and where it is. By the place of the name in the profile. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': {
    auth: 'Did you mean "authentication"?',
    base: 'Did you mean "basePath"?',
    baseUrl: 'Write the address as API URL in the credential, and what follows it as "basePath".',
    endpoints: 'Did you mean "resources"?',
    pagination: 'Did you mean "paging"?',
    url: 'Write the address as API URL in the credential, and what follows it as "basePath".',
    version: 'A profile has no version of its own: leave it out.',
  },
  authentication: {
    basic:
      'For a header that stays the same write "apiKey": { "header": "Authorization" }, and enter "Basic …" as API Key.',
    bearer:
      'For a token that stays the same write "apiKey": { "header": "Authorization" }, and enter "Bearer …" as API Key.',
  },
};

/** Without what says no more than that it may be missing, or is checked further; of several, the one that has names. */
function bare(type: z.ZodTypeAny | undefined): z.ZodTypeAny | undefined {
  if (type instanceof z.ZodOptional || type instanceof z.ZodNullable) {
    return bare(type.unwrap() as z.ZodTypeAny);
  }
  if (type instanceof z.ZodLazy) return bare(type.schema as z.ZodTypeAny);
  if (type instanceof z.ZodUnion) {
    const options = type.options as z.ZodTypeAny[];
    return options.map(bare).find((option) => option instanceof z.ZodObject) ?? type;
  }
  return type instanceof z.ZodEffects ? bare(type.innerType() as z.ZodTypeAny) : type;
}

function below(type: z.ZodTypeAny | undefined, step: Step): z.ZodTypeAny | undefined {
  const there = bare(type);
  if (there instanceof z.ZodObject) {
    const shape = there.shape as Record<string, z.ZodTypeAny>;
    return Object.hasOwn(shape, step) ? shape[step] : undefined;
  }
  if (there instanceof z.ZodRecord) return there.valueSchema as z.ZodTypeAny;
  if (there instanceof z.ZodArray) return there.element as z.ZodTypeAny;
  return undefined;
}

/** The names that a schema knows at a place; none where any name may stand. */
export function namesAt(schema: z.ZodTypeAny, path: readonly Step[]): string[] {
  let type = bare(schema);
  for (const step of path) type = bare(below(type, step));
  return type instanceof z.ZodObject ? Object.keys(type.shape as object) : [];
}

/** Behind a name that nobody knows: the one that was meant, or all that there are. */
export function knownInstead(name: string, path: readonly Step[], known: string[]): string {
  const there = ELSEWHERE[path.join('.')];
  const elsewhere = there && Object.hasOwn(there, name) ? there[name] : undefined;
  const list = known.length > 0 ? ` It knows ${known.join(', ')}.` : '';
  return elsewhere ? ` ${elsewhere}` : didYouMean(name, known) || list;
}
