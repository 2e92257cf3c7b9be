// Runs a TypeScript file of the project, or a tool of node_modules, on Node.js 24.
import { ensureDependencies, runTool } from './lib/toolchain.mjs';

const [target, ...args] = process.argv.slice(2);
await ensureDependencies();
process.exit(await runTool(target, args));
