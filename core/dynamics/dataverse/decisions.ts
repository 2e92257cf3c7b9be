import type { Note } from '../../notes';
import type { Decision } from '../../sync/threeWay';

function sentence({ kept, conflict }: Decision): string {
  if (!conflict)
    return 'kept as it was changed in Dynamics 365; the source has not changed it since';
  return kept === 'source'
    ? 'changed on both sides; the source wins'
    : 'changed on both sides; kept as it is in Dynamics 365';
}

/** A decision as people read it. */
export function decisionNote(decision: Decision): Note {
  return { field: decision.field, message: sentence(decision) };
}
