// Types, both n8n linters and formatting: everything that reads the code without running it.
import { ensureDependencies, runAll } from './lib/toolchain.mjs';

await ensureDependencies();
process.exit(
  await runAll([
    ['tsc', '--noEmit', '-p', '.'],
    ['eslint', '.'],
    ['prettier', '--check', '--log-level', 'warn', '.'],
  ]),
);
