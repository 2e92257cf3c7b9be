import type { Note } from '../../notes';
import { decisionNote as noteOf } from '../../sync/decisions';
import type { Decision } from '../../sync/threeWay';

/** A decision as people read it. */
export const decisionNote = (decision: Decision): Note => noteOf(decision, 'Dynamics 365');
