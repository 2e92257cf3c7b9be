/** `npm run templates`: writes the importable files from their descriptions in TypeScript. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { templates } from './all';

export const fileText = (workflow: object): string => `${JSON.stringify(workflow, null, 2)}\n`;

if (require.main === module) {
  for (const { file, workflow } of templates)
    writeFileSync(join(__dirname, file), fileText(workflow));
}
