// `npm run nightly`: what takes too long for every change. The ends of `npm start`, chaos, and the benches.
import { ensureBuild } from './lib/build.mjs';
import { ensureN8n } from './lib/n8n-install.mjs';
import { ensureDependencies, runAll } from './lib/toolchain.mjs';

await ensureDependencies();
await ensureN8n();
await ensureBuild();
process.exit(
  await runAll([
    ['jest', '--config', 'test/nightly/jest.config.js'],
    ['test/chaos/run.ts'],
    ['test/bench/run.ts'],
  ]),
);
