import { LRUCache } from 'lru-cache';

import { askCallables, type Callables } from '../../core/odata/csdl';
import type { ODataClient } from '../../core/odata/types';
import type { CallService } from '../shared/table/service';

/**
 * `$metadata` is some megabytes, and the editor asks for it with every letter that is typed; a run of many items asks
 * for each. What somebody has just published is found after this time.
 */
const KEPT_MS = 60_000;
const ENVIRONMENTS = 20;

const kept = new LRUCache<string, Promise<Callables>>({ max: ENVIRONMENTS, ttl: KEPT_MS });

/** Of one environment, asked at most once a minute; a failed answer is not kept. */
function callables(client: ODataClient): Promise<Callables> {
  const { root } = client;
  const known = kept.get(root);
  if (known) return known;
  const asked = askCallables(client);
  kept.set(root, asked);
  asked.catch(() => {
    if (kept.peek(root) === asked) kept.delete(root);
  });
  return asked;
}

/** Actions, functions, custom APIs and processes of an environment. */
export const dataverseCalls: CallService = { example: 'WhoAmI', callables };
