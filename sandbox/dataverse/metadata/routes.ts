import { errors } from '../errors';
import type { WebResponse } from '../http/message';
import type { Segment } from '../odata/url';
import type { Call } from '../operations/call';

/** Everything below the service root that is no table, function or action. */
export function metadata(_call: Call, first: Segment, _rest: readonly Segment[]): WebResponse {
  throw errors.noSegment(first.name);
}
