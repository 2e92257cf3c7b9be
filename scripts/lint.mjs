// Types, both n8n linters and formatting: everything that reads the code without running it.
import { ensureDependencies, runTool } from './lib/toolchain.mjs';

await ensureDependencies();
const checks = [
  ['tsc', ['--noEmit', '-p', '.']],
  ['eslint', ['.']],
  ['prettier', ['--check', '--log-level', 'warn', '.']],
];
let failed = 0;
for (const [tool, args] of checks) {
  const code = await runTool(tool, args);
  if (code !== 0) {
    process.stderr.write(`✗ ${tool}\n`);
    failed += 1;
  } else process.stderr.write(`✓ ${tool}\n`);
}
process.exit(failed === 0 ? 0 : 1);
