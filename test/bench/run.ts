/**
 * `npm run bench -- <name> --json FILE`: measures ours beside a peer, both on the real n8n in one run, medians of
 * five. Prints one line of JSON for each figure. Ends with 1 where a budget is missed.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { runMain } from '../../scripts/lib/lifecycle';
import { backlogBench } from './backlog/bench';
import { bulkWritesBench } from './bulkWrites/bench';
import { demoBench } from './demo/bench';
import { mappingBench } from './mapping/bench';
import type { BenchResult } from './result';
import { stockWritesBench } from './stockWrites/bench';

const BENCHES: Record<string, (options: { runs: number }) => Promise<BenchResult[]>> = {
  backlog: backlogBench,
  'bulk-writes': bulkWritesBench,
  demo: demoBench,
  mapping: mappingBench,
  'stock-writes': stockWritesBench,
};

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, runs: { type: 'string', default: '5' } },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  const unknown = names.filter((name) => !BENCHES[name]);
  if (unknown.length > 0) {
    console.error(
      `There is no bench "${unknown.join(', ')}". Choose from: ${Object.keys(BENCHES).join(', ')}.`,
    );
    return 2;
  }
  const results: BenchResult[] = [];
  for (const name of names)
    results.push(...((await BENCHES[name]?.({ runs: Number(values.runs) })) ?? []));
  const lines = results.map((result) => JSON.stringify(result)).join('\n');
  console.log(lines);
  if (values.json) writeFileSync(values.json, `${lines}\n`);
  return results.every(({ pass }) => pass) ? 0 : 1;
}

runMain(main);
