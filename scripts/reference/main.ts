import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readColumns, type OpenDocument } from './cdm';
import { referenceColumn } from './columns';
import { DOCUMENTS } from './tables';

/**
 * Writes the columns of the Dataverse sandbox's tables from a checkout of microsoft/CDM:
 * `node scripts/run.mjs scripts/reference/main.ts <checkout>`.
 */

const OUTPUT = join(__dirname, '../../sandbox/dataverse/schema/reference');

function opener(checkout: string): OpenDocument {
  const opened = new Map<string, unknown>();
  return (path) => {
    if (!opened.has(path)) {
      const file = join(checkout, 'schemaDocuments/core', `${path}.cdm.json`);
      opened.set(path, JSON.parse(readFileSync(file, 'utf8')));
    }
    return opened.get(path);
  };
}

const [checkout] = process.argv.slice(2);
if (checkout === undefined) {
  console.error('Name the folder of a checkout of microsoft/CDM.');
  process.exitCode = 1;
} else {
  const open = opener(checkout);
  for (const [table, documents] of Object.entries(DOCUMENTS)) {
    const columns = readColumns(open, documents).map((column) => referenceColumn(table, column));
    const lines = columns.map((column) => JSON.stringify(column)).join(',\n');
    writeFileSync(join(OUTPUT, `${table}.json`), `[\n${lines}\n]\n`);
    console.log(`${table}: ${columns.length} columns`);
  }
}
