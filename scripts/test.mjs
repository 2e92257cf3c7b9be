// `npm test`: builds the pack and runs every test, those on a real n8n included.
import { ensureBuild } from './lib/build.mjs';
import { ensureN8n } from './lib/n8n-install.mjs';
import { ensureDependencies, runTool } from './lib/toolchain.mjs';

await ensureDependencies();
await ensureN8n();
await ensureBuild();
process.exit(await runTool('jest', process.argv.slice(2)));
