import type { World } from '../../scripts/n8n/world';
import { dryThenReal } from './dryRun';
import { comparePlan } from './plan';

/** Operations of Dataverse, as the sandbox counts them, that leave everything as it is. */
const READS = /^(?:query|retrieve|read|get|list|metadata(?! write)|WhoAmI|Retrieve)/;

/**
 * Runs the template dry and for real over so many orders: not one write while it is dry, and then exactly what it has said.
 *
 * @returns figures of both runs
 */
export async function checkDryRun(world: World, count: number) {
  const result = await dryThenReal(world, count);
  const { before, afterDry, afterReal, counts, plan, records } = result;
  const writes = Object.entries(counts.dataverse.operations).filter(([name]) => !READS.test(name));
  expect(writes).toEqual([]);
  const asked = Object.keys(counts.xcart.byRoute).filter((route) => !route.startsWith('GET'));
  expect(asked).toEqual([]);
  expect(afterDry).toEqual(before);
  expect(records[1]).toBe(records[0]);

  const { wrong, counts: said } = comparePlan(plan, { before: afterDry, after: afterReal });
  expect(wrong).toEqual([]);
  const third = Math.round(count * 0.3);
  expect(said).toMatchObject({
    'create salesorders': count - 2 * third,
    'update salesorders': third,
    'unchanged salesorders': third,
  });
  expect(result.dryNumbers).toHaveLength(count);
  expect(result.realNumbers).toEqual(result.dryNumbers);
  return { seconds: result.seconds, requests: counts.dataverse.requests, said };
}
