import { errors } from '../errors';
import type { WebResponse } from '../../odata/http/message';
import type { Segment } from '../../odata/syntax/url';
import type { Call } from '../operations/call';
import { optionSetId } from './attributes';
import { isKnown } from './customizing';
import {
  addGlobalChoice,
  type GlobalChoice,
  globalChoices,
  globalOptionSet,
  removeGlobalChoice,
  updateGlobalChoice,
} from './global-option-sets';
import { list, matches, one, plain, requireGet } from './reading';

/** Types that a path may cast global choices to. `BooleanOptionSetMetadata` is known, and there are none. */
const CASTS: ReadonlySet<string> = new Set([
  'Microsoft.Dynamics.CRM.OptionSetMetadata',
  'Microsoft.Dynamics.CRM.BooleanOptionSetMetadata',
]);

const SET = 'GlobalOptionSetDefinitions';

/** `GlobalOptionSetDefinitions`, one of them, and a cast behind either. */
export function globalDefinitions(
  call: Call,
  { inner }: Segment,
  rest: readonly Segment[],
): WebResponse {
  const [cast, ...behind] = rest;
  if (behind[0]) throw errors.noSegment(behind[0].name);
  if (cast && !CASTS.has(cast.name)) throw errors.noSegment(cast.name);
  if (inner === undefined) {
    if (call.request.method === 'POST' && !cast) return addGlobalChoice(call);
    requireGet(call);
    const sets = choicesOf(call).map(globalOptionSet);
    const cut = cast ? sets.filter((set) => set['@odata.type'] === `#${cast.name}`) : sets;
    return list(call, SET, cut, plain('OptionSetMetadata'));
  }
  const found = choicesOf(call).find(({ name }) => matches(call, inner, name, optionSetId(name)));
  if (!found || (cast && globalOptionSet(found)['@odata.type'] !== `#${cast.name}`)) {
    throw errors.notFound('optionset', inner);
  }
  if (call.request.method === 'PUT') return updateGlobalChoice(call, found);
  if (call.request.method === 'DELETE' && !cast) return removeGlobalChoice(call, found);
  requireGet(call);
  return one(call, SET, globalOptionSet(found), plain('OptionSetMetadata'));
}

const choicesOf = (call: Call): GlobalChoice[] =>
  [...globalChoices(call.engine).values()].filter((choice) => isKnown(call, choice));
