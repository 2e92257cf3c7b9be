/**
 * The editor check: opens the templates, every node type × operation, the lists, the credential dialogs and a run by
 * hand in n8n's own editor, in headless Chromium, and keeps a screenshot of each. Fails on what a user would see as
 * broken: errors of the page, unknown nodes, warnings, missing icons, empty lists.
 *
 * `--pictures` goes only through the tutorial, and puts its pictures into `docs/images`. `--only X-Cart` does the part of
 * the work that has these words in its title, to look at it alone: a workflow, or one of the names below. It may come
 * several times.
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
import {
  checkCanvas,
  checkPanels,
  importShown,
  nodeNames,
  type Shown,
  turnPanels,
} from './checks/workflows';
import { Editor, launchBrowser, type Theme } from './editor';
import { inLanes, type Job } from './lanes';
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

/** As many pages at the same time: one loads while the other computes. */
const LANES = 2;

/** A template as it is imported, and what a merchant decides in it. n8n lets one page at a time edit a workflow. */
const templateJob = (report: Report, world: World, template: Shown): Job => ({
  title: template.title,
  run: async (editor) => {
    await checkCanvas(report, editor, template);
    await checkPanels(report, editor, template);
    if (nodeNames(template.workflow).includes(ROUTE))
      await checkDecisions(report, editor, world, template);
  },
});

const darkJob = (report: Report, template: Shown): Job => {
  const title = `${template.title} (dark)`;
  return { title, run: (editor) => checkCanvas(report, editor, { ...template, title }) };
};

async function nodeJobs(report: Report, world: World): Promise<Job[]> {
  const workflows = allNodes(await world.api.nodeTypes(`${PACK}.`));
  return workflows.map((workflow) => ({
    title: workflow.name,
    run: async (editor) => {
      const shown = await importShown(world, workflow);
      await checkCanvas(report, editor, shown);
      await turnPanels(report, editor, shown);
    },
  }));
}

type Check = (report: Report, editor: Editor, world: World) => Promise<void>;

interface Choice {
  onlyPictures: boolean;
  /** Words that are in the titles of the jobs to do, one or another of them; none: all are done. */
  only: string[];
}

async function checkAll(
  world: World,
  report: Report,
  { onlyPictures, only }: Choice,
): Promise<void> {
  const browser = await launchBrowser();
  onEnd(() => browser.close());
  const openAll = async (theme: Theme): Promise<Editor[]> =>
    await Promise.all(
      Array.from({ length: onlyPictures ? 1 : LANES }, () =>
        Editor.open(browser, world.api, { folder: FOLDER, theme }),
      ),
    );
  const doAll = async (editors: Editor[], jobs: Job[]): Promise<void> =>
    await inLanes(
      editors,
      jobs.filter(({ title }) => only.length === 0 || only.some((words) => title.includes(words))),
    );
  const job = (title: string, ...checks: Check[]): Job => ({
    title,
    run: async (editor) => {
      for (const check of checks) await check(report, editor, world);
    },
  });
  const citizen = job('From nothing to the first order', checkCitizen);
  const credentials = job('Credentials', checkCredentials);
  const light = await openAll('light');
  if (onlyPictures) return await doAll(light, [citizen, credentials]);
  const shownTemplates = await importTemplates(world);
  // Beside the citizen, for whom n8n takes the only credential of each type by itself, nothing makes credentials or orders.
  await doAll(light, [
    citizen,
    ...(await nodeJobs(report, world)),
    ...shownTemplates.map((template) => templateJob(report, world, template)),
  ]);
  await doAll(light, [
    // These count what is in the shop and in the ledger, one after the other.
    job('Execution, lists and repair', checkExecution, checkLists, checkRepair),
    credentials,
    job('Switching', checkSwitching),
    job('Ledger of a credential', checkLedger),
  ]);
  for (const editor of light) await editor.close();
  await doAll(
    await openAll('dark'),
    shownTemplates.map((template) => darkJob(report, template)),
  );
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      pictures: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await ensureDebian([{ program: 'chromium', package: 'chromium' }]);
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd }),
  );
  const report = new Report();
  await checkAll(world, report, { onlyPictures: values.pictures, only: values.only });
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
