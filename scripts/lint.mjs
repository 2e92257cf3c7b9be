// Types, both n8n linters and formatting: everything that reads the code without running it.
import { ensureDependencies, runSideBySide } from './lib/toolchain.mjs';

await ensureDependencies();
process.exit(
  await runSideBySide([
    ['tsc', '--noEmit', '-p', '.'],
    ['eslint', '.'],
    ['prettier', '--check', '--log-level', 'warn', '.'],
  ]),
);
