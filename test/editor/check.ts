/**
 * The editor check: opens the templates, every node type × operation, the lists, the credential dialogs and a run by
 * hand in n8n's own editor, in headless Chromium, and keeps a screenshot of each. Fails on what a user would see as
 * broken: errors of the page, unknown nodes, warnings, missing icons, empty lists.
 *
 * `--pictures` goes only through the tutorial, and puts its pictures into `docs/images`.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { closeAll, onEnd, runMain } from '../../scripts/lib/lifecycle';
import { step } from '../../scripts/lib/progress.mjs';
import { ensureDebian, root } from '../../scripts/lib/toolchain.mjs';
import { World } from '../../scripts/n8n/world';
import { templates } from '../../workflows/all';
import { PACK } from '../../workflows/builder';
import { ROUTE } from '../../workflows/parts/route';
import { allNodes } from './all-nodes';
import { checkCitizen } from './checks/citizen';
import { checkCredentials } from './checks/credentials';
import { checkDecisions } from './checks/decisions';
import { checkExecution } from './checks/execution';
import { checkLedger } from './checks/ledger';
import { checkLists } from './checks/lists';
import { checkRepair } from './checks/repair';
import { checkSwitching } from './checks/switching';
import { checkCanvas, checkPanels, importShown, nodeNames, type Shown } from './checks/workflows';
import { Editor, launchBrowser } from './editor';
import { Report } from './report';

const FOLDER = join(root, 'test-results', 'editor');

/** Longer than this is a failure of its own: something hangs. */
const PATIENCE_MS = 25 * 60_000;

async function importTemplates(world: World): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const { file, workflow } of templates)
    shown.push({ id: await world.importTemplate(file), workflow, title: workflow.name });
  return shown;
}

async function checkAll(world: World, report: Report, onlyPictures: boolean): Promise<void> {
  const browser = await launchBrowser();
  onEnd(() => browser.close());
  const editor = await Editor.open(browser, world.api, { folder: FOLDER });
  // The first, while there is one credential of each type: n8n takes it by itself.
  await checkCitizen(report, editor, world);
  if (onlyPictures) {
    await checkCredentials(report, editor, world);
    return;
  }
  const shownTemplates = await importTemplates(world);
  for (const template of shownTemplates) {
    await checkCanvas(report, editor, template);
    await checkPanels(report, editor, template);
  }
  for (const template of shownTemplates.filter(({ workflow }) =>
    nodeNames(workflow).includes(ROUTE),
  ))
    await checkDecisions(report, editor, world, template);
  await checkExecution(report, editor, world);
  await checkLists(report, editor, world);
  await checkSwitching(report, editor, world);
  await checkCredentials(report, editor, world);
  await checkLedger(report, editor, world);
  await checkRepair(report, editor, world);
  for (const workflow of allNodes(await world.api.nodeTypes(`${PACK}.`))) {
    const shown = await importShown(world, workflow);
    await checkCanvas(report, editor, shown);
    await checkPanels(report, editor, shown);
  }
  await editor.close();
  const dark = await Editor.open(browser, world.api, { folder: FOLDER, theme: 'dark' });
  for (const template of shownTemplates)
    await checkCanvas(report, dark, { ...template, title: `${template.title} (dark)` });
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { pictures: { type: 'boolean', default: false } } });
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await ensureDebian([{ program: 'chromium', package: 'chromium' }]);
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd }),
  );
  const report = new Report();
  await checkAll(world, report, values.pictures);
  console.log('Screenshots: test-results/editor');
  const code = report.end();
  if (values.pictures && code === 0)
    cpSync(join(FOLDER, 'pictures'), join(root, 'docs', 'images'), { recursive: true });
  return code;
}

function giveUpInTime(): void {
  const end = (): void => {
    console.error(`The check did not end in ${PATIENCE_MS / 60_000} minutes.`);
    void closeAll().finally(() => process.exit(1));
  };
  setTimeout(end, PATIENCE_MS).unref();
}

giveUpInTime();
runMain(main);
