import type { Operation } from '../../shared/operation';
import { claim } from './claim';
import { complete } from './complete';
import { fail } from './fail';
import { link } from './link';
import { listDead } from './listDead';
import { lookUp } from './lookUp';
import { discard, requeue } from './revise';
import { statistics } from './statistics';
import { getWatermark, setWatermark } from './watermark';

/** In the order of the drop-down: by name. */
export const operations: Operation[] = [
  claim,
  complete,
  discard,
  fail,
  getWatermark,
  link,
  listDead,
  lookUp,
  requeue,
  setWatermark,
  statistics,
];
