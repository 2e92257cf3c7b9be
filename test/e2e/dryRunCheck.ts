import type { World } from '../../scripts/n8n/world';
import { writesOfDataverse, writesOfShop } from './counted';
import { dryThenReal } from './dryRun';
import { comparePlan } from './plan';

/**
 * Runs the template dry and for real over so many orders: not one write while it is dry, and then exactly what it has said.
 *
 * @returns figures of both runs
 */
export async function checkDryRun(world: World, count: number) {
  const result = await dryThenReal(world, count);
  const { before, afterDry, afterReal, counts, plan, records } = result;
  expect(writesOfDataverse(counts)).toEqual([]);
  expect(writesOfShop(counts, 'xcart')).toEqual([]);
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
