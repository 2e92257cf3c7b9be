// `npm start`: everything from a bare checkout to a running demonstration.
// `npm start -- --exit` ends it after the check, with 0 only if nothing was lost or doubled;
// `npm start -- --store xcart` shows one shop alone;
// `npm start -- --tutorial` sets nothing up in n8n, for docs/tutorial.md.
import { ensureBuild } from './lib/build.mjs';
import { ensureN8n } from './lib/n8n-install.mjs';
import { ensureDependencies, runTool } from './lib/toolchain.mjs';

const args = process.argv.slice(2);
await ensureDependencies();
// A word that is mistyped is told before n8n is installed, which takes minutes.
const wrong = args.length > 0 ? await runTool('scripts/demo/check.ts', args) : 0;
if (wrong > 0) process.exit(wrong);
await ensureN8n();
await ensureBuild();
process.exit(await runTool('scripts/demo/main.ts', args));
