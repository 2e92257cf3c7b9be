/**
 * The editor check: opens the template and the panel of each of its nodes in n8n's editor, in headless Chromium,
 * and keeps a screenshot of each. Fails on a console error, a page error, a warning on a node, or an unknown node.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, type Browser, type ConsoleMessage, type Page } from 'playwright-core';

import { closeAll, closeOnSignals, onEnd } from '../../scripts/demo/cleanup';
import { step } from '../../scripts/lib/progress.mjs';
import { ensureDebian, root } from '../../scripts/lib/toolchain.mjs';
import { LOGIN } from '../../scripts/n8n/instance';
import { World } from '../../scripts/n8n/world';
import { templates } from '../../workflows/all';
import { allNodes } from './all-nodes';

const SHOTS = join(root, 'test-results', 'editor');

/** Chromium as root in a closed network: without these it looks up hosts of its own at every start. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Only loopback answers: what the editor asks of the internet fails in any closed network, and is not ours. */
const isOurs = (message: ConsoleMessage) =>
  !/ERR_(INTERNET_DISCONNECTED|NAME_NOT_RESOLVED|BLOCKED_BY_CLIENT|FAILED)/.test(message.text());

interface Check {
  name: string;
  problem?: string;
}

class Editor {
  readonly problems: string[] = [];
  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  static async open(browser: Browser, url: string): Promise<Editor> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
    const page = await context.newPage();
    await page.route('**/*', (route) =>
      new URL(route.request().url()).hostname === '127.0.0.1'
        ? route.continue()
        : route.abort('blockedbyclient'),
    );
    const editor = new Editor(page, url);
    page.on('console', (message) => {
      if (message.type() === 'error' && isOurs(message))
        editor.problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => editor.problems.push(`page: ${error.message}`));
    await editor.signIn();
    return editor;
  }

  private async signIn(): Promise<void> {
    await this.page.goto(`${this.url}/signin`);
    await this.page.fill('input[name="emailOrLdapLoginId"]', LOGIN.email);
    await this.page.fill('input[name="password"]', LOGIN.password);
    await this.page.click('button:has-text("Sign in")');
    await this.page.waitForURL(/\/(home|workflow|projects)/);
    // The sign-in page asks who is signed in, which is answered with 401 until somebody is.
    this.problems.length = 0;
  }

  async showWorkflow(id: string): Promise<void> {
    await this.page.goto(`${this.url}/workflow/${id}`);
    await this.page.waitForSelector('[data-test-id="canvas-node"]');
    await this.page.waitForTimeout(1500);
  }

  async openNode(name: string): Promise<void> {
    await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
    await this.page.waitForSelector('[data-test-id="ndv"], [data-test-id="node-parameters"]');
    await this.page.waitForTimeout(1200);
  }

  async closeNode(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.waitForTimeout(300);
  }

  async shot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }

  /** What went wrong since the last call. */
  take(): string | undefined {
    return this.problems.splice(0).join('\n') || undefined;
  }
}

const fileName = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

async function checkWorkflow(
  editor: Editor,
  id: string,
  title: string,
  nodeNames: string[],
): Promise<Check[]> {
  const checks: Check[] = [];
  await editor.showWorkflow(id);
  await editor.shot(fileName(title));
  const issues = await editor.page.locator('[data-test-id="node-issues"]').count();
  checks.push({
    name: title,
    problem: editor.take() ?? (issues > 0 ? `${issues} nodes show a warning` : undefined),
  });
  for (const name of nodeNames) {
    await editor.openNode(name);
    await editor.shot(`${fileName(title)}--${fileName(name)}`);
    checks.push({ name: `${title}: ${name}`, problem: editor.take() });
    await editor.closeNode();
  }
  return checks;
}

async function main(): Promise<number> {
  mkdirSync(SHOTS, { recursive: true });
  await ensureDebian([{ program: 'chromium', package: 'chromium' }]);
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd }),
  );
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  onEnd(() => browser.close());
  const editor = await Editor.open(browser, world.n8n.url);
  const checks: Check[] = [];
  for (const { file, workflow } of templates) {
    const id = await world.importTemplate(file);
    const names = workflow.nodes
      .filter(({ type }) => !type.endsWith('.stickyNote'))
      .map(({ name }) => name);
    checks.push(...(await checkWorkflow(editor, id, workflow.name, names)));
  }
  const every = allNodes();
  const id = await world.importWorkflow(every);
  checks.push(
    ...(await checkWorkflow(
      editor,
      id,
      every.name,
      every.nodes.map(({ name }) => name),
    )),
  );
  for (const { name, problem } of checks)
    console.log(`${problem ? '✗' : '✓'} ${name}${problem ? `\n    ${problem}` : ''}`);
  const failed = checks.filter(({ problem }) => problem).length;
  console.log(
    `Screenshots: test-results/editor\n${checks.length - failed} passed, ${failed} failed`,
  );
  return failed === 0 ? 0 : 1;
}

closeOnSignals();
main()
  .catch((error: unknown) => {
    console.error(error);
    return 1;
  })
  .then(async (code) => {
    await closeAll();
    process.exit(code);
  })
  .catch(() => process.exit(1));
