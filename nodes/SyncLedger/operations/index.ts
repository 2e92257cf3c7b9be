import type { Operation } from '../../shared/operation';
import { claim } from './claim';
import { complete } from './complete';
import { fail } from './fail';
import { findSource } from './findSource';
import { hold } from './hold';
import { link } from './link';
import { listDead, listHeld } from './listStopped';
import { lookUp } from './lookUp';
import { moveStore } from './moveStore';
import { report } from './report';
import { reportDryRun } from './reportDryRun';
import { resend } from './resend';
import { restingWhenDry } from './resting';
import { discard, requeue } from './revise';
import { reviseChosen } from './reviseChosen';
import { statistics } from './statistics';
import { sendEdited } from './sendEdited';
import { getWatermark, setWatermark } from './watermark';

/** In the order of the drop-down: by name. */
const byName: Operation[] = [
  claim,
  complete,
  discard,
  fail,
  findSource,
  getWatermark,
  hold,
  link,
  listDead,
  listHeld,
  lookUp,
  moveStore,
  reportDryRun,
  requeue,
  resend,
  reviseChosen,
  sendEdited,
  setWatermark,
  statistics,
  report,
];

/** What changes the ledger without settling the record of the item. */
const AT_REST = new Set([
  discard,
  link,
  moveStore,
  requeue,
  resend,
  reviseChosen,
  sendEdited,
  setWatermark,
]);

/** The ledger itself says of each claim whether it still holds: of one that was lost it notes nothing. */
export const operations = byName.map((operation): Operation => ({
  ...(AT_REST.has(operation) ? restingWhenDry(operation) : operation),
  holdsClaims: false,
}));
