/** n8n's editor in headless Chromium, by the words of what a person does there. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  type Browser,
  type BrowserContext,
  chromium,
  type ConsoleMessage,
  type Locator,
  type Page,
  type Request,
} from 'playwright-core';

import { BROWSER_ID, type N8nApi } from '../../scripts/n8n/api';

/** Chromium as root in a closed network: without these it looks up hosts of its own at every start. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // By the browser itself: if each request were asked about, nothing of the editor's megabytes would be kept.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** What n8n asks of every node type for a preview of its output; a 404 for those that have none. */
const OUTPUT_SCHEMA = /\/schemas\//;

/** Only loopback answers: what the editor asks of the internet fails in any closed network, and is not ours. */
const isOurs = (message: ConsoleMessage) =>
  !/ERR_(INTERNET_DISCONNECTED|NAME_NOT_RESOLVED)/.test(message.text()) &&
  !OUTPUT_SCHEMA.test(message.location().url);

export type Theme = 'light' | 'dark';

/** Wide enough for three panes side by side; the panels are shot higher, to show all of their fields. */
const CANVAS = { width: 1600, height: 1000 };
const PANEL = { width: 1440, height: 1300 };
const LONG_PANEL = { width: 1440, height: 1800 };
/** Small enough that its words can be read where a document shows it. */
const PICTURE = { width: 1200, height: 800 };
/** What n8n says in passing hides what a picture shows. */
const WITHOUT_NOTICES = '.el-notification, [role="tooltip"] { visibility: hidden !important }';

/** So long nothing may be asked of n8n before a view counts as complete. */
const QUIET_MS = 250;
const PATIENCE_MS = 15_000;
/** So long a person's next step waits for what the one before it brings, a run of the workflow included. */
const STEP_PATIENCE_MS = 45_000;
/** The editor's code is megabytes: a machine that has other work takes its time to load a page of it. */
const LOADING_PATIENCE_MS = 60_000;

export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
}

export class Editor {
  private readonly problems: string[] = [];
  private readonly asked = new Set<Request>();
  private lastAnswer = 0;

  private constructor(
    readonly page: Page,
    private readonly url: string,
    private readonly folder: string,
  ) {
    page.setDefaultTimeout(STEP_PATIENCE_MS);
    page.setDefaultNavigationTimeout(LOADING_PATIENCE_MS);
    page.on('console', (message) => {
      if (message.type() === 'error' && isOurs(message))
        this.problems.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.problems.push(`page: ${error.message}`));
    page.on('request', (request) => this.asked.add(request));
    const answered = (request: Request): void => {
      this.asked.delete(request);
      this.lastAnswer = Date.now();
    };
    page.on('requestfinished', answered);
    page.on('requestfailed', answered);
  }

  /** A signed-in page. The session holds only together with the browser id that it was made with. */
  static async open(
    browser: Browser,
    api: N8nApi,
    { folder, theme = 'light' }: { folder: string; theme?: Theme },
  ): Promise<Editor> {
    const context = await browser.newContext({ viewport: CANVAS, colorScheme: theme });
    await signIn(context, api);
    const page = await context.newPage();
    return new Editor(page, api.url, folder);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** What went wrong since the last call. */
  takeProblems(): string[] {
    return this.problems.splice(0);
  }

  async show(path: string, until: string): Promise<void> {
    // What the page before this one has asked may never be told to have ended.
    this.asked.clear();
    await this.page.goto(`${this.url}${path}`);
    await this.page.waitForSelector(until, { timeout: LOADING_PATIENCE_MS });
    await this.settled();
  }

  /** A workflow as a whole. */
  async showWorkflow(id: string): Promise<void> {
    await this.page.setViewportSize(CANVAS);
    await this.show(`/workflow/${id}`, '[data-test-id="canvas-node"]');
    await this.fit();
  }

  async fit(): Promise<void> {
    await this.page.locator('[data-test-id="zoom-to-fit"]').click();
    await sleep(300);
  }

  node(name: string): Locator {
    return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
  }

  /** Opens the panel of a node (n8n's name for it: NDV, node details view). */
  async openNode(name: string): Promise<void> {
    await this.node(name).dblclick();
    await this.page.waitForSelector('[data-test-id="node-parameters"]');
    await this.page.setViewportSize(PANEL);
    await this.settled();
  }

  /** Goes to the panel of a node by its address, without the canvas between: half the work of closing one and opening one. */
  async turnTo(workflow: string, node: { id: string; name: string }): Promise<void> {
    await this.page.setViewportSize(PANEL);
    const path = JSON.stringify(`/workflow/${workflow}/${node.id}`);
    // What the button "back" does, with an address of our own: the editor follows it without loading itself again.
    await this.page.evaluate(`
      history.pushState({ ...history.state }, '', ${path});
      dispatchEvent(new PopStateEvent('popstate', { state: history.state }));`);
    // The title holds the name twice: shown, and unseen to measure its width.
    await this.page
      .locator('[data-test-id="node-title-container"] [data-test-id="inline-edit-preview"]')
      .getByText(node.name, { exact: true })
      .waitFor();
    await this.page.waitForSelector('[data-test-id="node-parameters"]');
    await this.settled();
  }

  async closeNode(): Promise<void> {
    await this.page.locator('[data-test-id="ndv-close-button"]').click();
    await this.page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
    await this.page.setViewportSize(CANVAS);
  }

  /** Back to the canvas from whatever is open, so that the next check starts where it expects to. */
  async leavePanel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    const close = this.page.locator('[data-test-id="ndv-close-button"]');
    if (await close.isVisible()) await this.closeNode();
    else await this.page.setViewportSize(CANVAS);
  }

  /** The field of a parameter in the open panel. */
  field(parameter: string): Locator {
    return this.page.locator(`[data-test-id="parameter-input-${parameter}"]`).first();
  }

  /** Opens a drop-down and gives its entries. */
  async entriesOf(field: Locator): Promise<string[]> {
    await field.click();
    const entries = this.page.locator('.el-select-dropdown__item:visible');
    await entries.first().waitFor();
    await this.settled();
    return await entries.allInnerTexts();
  }

  /** Opens the list of a resource locator and gives its entries. */
  async listOf(parameter: string): Promise<string[]> {
    await this.page
      .locator(`[data-test-id="resource-locator-${parameter}"] [data-test-id="rlc-input"]`)
      .click();
    const entries = this.page.locator('[data-test-id="rlc-item"]:visible');
    await entries.first().waitFor();
    await this.settled();
    return await entries.allInnerTexts();
  }

  async shot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.folder, `${fileName(name)}.png`) });
  }

  /** The open panel with all of its fields, however long it is. */
  async shotOfAll(name: string): Promise<void> {
    await this.page.setViewportSize(LONG_PANEL);
    await this.settled();
    await this.shot(name);
    await this.page.setViewportSize(PANEL);
  }

  /** The same screen, as a person sees it who has the other theme. */
  async shotInDark(name: string): Promise<void> {
    await this.page.emulateMedia({ colorScheme: 'dark' });
    await this.settled();
    await this.shot(name);
    await this.page.emulateMedia({ colorScheme: 'light' });
  }

  /** A part of the screen for the documents, arranged so that what it shows is seen. */
  async picture(
    name: string,
    part: Locator,
    {
      arrange = () => part.scrollIntoViewIfNeeded(),
      until = part,
    }: { arrange?: () => Promise<void>; until?: Locator } = {},
  ): Promise<void> {
    const viewport = this.page.viewportSize() ?? CANVAS;
    await this.page.setViewportSize(PICTURE);
    await this.settled();
    await arrange();
    // The mouse would leave a tip or a colour in the picture.
    await this.page.mouse.move(1, 1);
    await sleep(300);
    const box = await part.boundingBox();
    const end = await until.boundingBox();
    if (!box || !end) throw new Error(`There is nothing to be seen for the picture ${name}`);
    await this.corner(name, {
      ...box,
      width: Math.min(end.x + end.width, PICTURE.width) - box.x,
      height: Math.min(end.y + end.height, PICTURE.height) - box.y,
    });
    await this.page.setViewportSize(viewport);
    await this.settled();
  }

  /** A corner of the screen for the documents, as it is: an open menu closes when the mouse leaves it. */
  async corner(
    name: string,
    clip: { x: number; y: number; width: number; height: number },
  ): Promise<void> {
    await this.page.screenshot({
      path: join(this.folder, 'pictures', `${name}.png`),
      clip,
      style: WITHOUT_NOTICES,
    });
  }

  /** Stores the workflow that is shown. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
    await this.settled();
  }

  /** Waits until the view has got all that it asked n8n for. What never ends is named, and waited for only once. */
  async settled(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    this.lastAnswer = Date.now();
    while (Date.now() < deadline) {
      if (this.asked.size === 0 && Date.now() - this.lastAnswer >= QUIET_MS) return;
      await sleep(25);
    }
    for (const request of this.asked) console.log(`… no answer: ${withoutQuery(request)}`);
    this.asked.clear();
  }
}

function withoutQuery(request: Request): string {
  return `${request.method()} ${request.url().replace(/\?.*/, '')}`;
}

async function signIn(context: BrowserContext, api: N8nApi): Promise<void> {
  const cookies = api.sessionCookie.split('; ').map((cookie) => {
    const [name = '', ...value] = cookie.split('=');
    return { name, value: value.join('='), url: api.url };
  });
  await context.addCookies(cookies);
  await context.addInitScript((id) => localStorage.setItem('n8n-browserId', id), BROWSER_ID);
}

function fileName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
