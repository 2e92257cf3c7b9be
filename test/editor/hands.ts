/** What a person's hands do in the editor, each thing counted: what a path through it costs. */
import type { Locator, Page } from 'playwright-core';

import type { Editor } from './editor';

/** The entries of the drop-down that is open. */
const ENTRIES = '.el-select-dropdown__item:visible';

export class Hands {
  private done = 0;
  private readonly startedAt = Date.now();

  constructor(private readonly editor: Editor) {}

  /** Clicks, drags and runs of keystrokes until now, each of them one. */
  get actions(): number {
    return this.done;
  }

  get seconds(): number {
    return Math.round((Date.now() - this.startedAt) / 1000);
  }

  private get page(): Page {
    return this.editor.page;
  }

  async click(what: Locator): Promise<void> {
    this.done += 1;
    await what.click();
  }

  /** Opens a node's panel. */
  async open(node: string): Promise<void> {
    this.done += 1;
    await this.editor.openNode(node);
  }

  async close(): Promise<void> {
    this.done += 1;
    await this.editor.closeNode();
  }

  /** Types where the cursor is. */
  async type(text: string): Promise<void> {
    this.done += 1;
    await this.page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    this.done += 1;
    await this.page.keyboard.press(key);
  }

  /** Opens a list and clicks an entry of it; with a word, after the list has been narrowed by it. */
  async choose(list: Locator, entry: RegExp, word?: string): Promise<void> {
    // While n8n asks for the entries of a list, the list does not open.
    await this.editor.settled();
    await this.click(list);
    await this.page.locator(ENTRIES).first().waitFor();
    await this.editor.settled();
    if (word !== undefined) await this.type(word);
    await this.click(this.page.locator(ENTRIES).filter({ hasText: entry }).first());
  }

  /** Takes something with the mouse and lets it go over another. */
  async drag(what: Locator, onto: Locator): Promise<void> {
    this.done += 1;
    await onto.scrollIntoViewIfNeeded();
    await what.scrollIntoViewIfNeeded();
    // Waits until it stands still.
    await what.hover();
    const [fromX, fromY] = await centreOf(what);
    const [toX, toY] = await centreOf(onto);
    const { mouse } = this.page;
    await mouse.down();
    // n8n takes it for a drag once the mouse has left the place.
    await mouse.move(fromX + 20, fromY + 10, { steps: 5 });
    await mouse.move(toX, toY, { steps: 10 });
    await mouse.up();
  }
}

async function centreOf(what: Locator): Promise<[x: number, y: number]> {
  const box = await what.boundingBox();
  if (box === null) throw new Error(`There is nothing to be seen of ${String(what)}`);
  return [box.x + box.width / 2, box.y + box.height / 2];
}
