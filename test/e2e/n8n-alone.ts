/** Starts n8n on the folder that is given, as `npm start`, tests and benches do, and stays. */
import { ensureN8n } from '../../scripts/lib/n8n-install.mjs';
import { N8nInstance } from '../../scripts/n8n/instance';

async function main(): Promise<void> {
  const instance = await N8nInstance.create({
    installed: await ensureN8n(),
    folder: process.argv[2] ?? '',
  });
  await instance.start();
}

void main();
setInterval(() => {}, 60_000);
