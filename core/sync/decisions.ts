import type { Note } from '../notes';
import type { Decision } from './threeWay';

function sentence({ kept, conflict }: Decision, target: string): string {
  if (!conflict) return `kept as it was changed in ${target}; the source has not changed it since`;
  return kept === 'source'
    ? 'changed on both sides; the source wins'
    : `changed on both sides; kept as it is in ${target}`;
}

/**
 * A decision as people read it.
 *
 * @param target what people call the system that is written to
 */
export function decisionNote(decision: Decision, target: string): Note {
  return { field: decision.field, message: sentence(decision, target) };
}
