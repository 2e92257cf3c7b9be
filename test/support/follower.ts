/** Follows a made-up list of wares by their content, which a test changes while it is read. */
import {
  type ContentOptions,
  type Contents,
  emptyContents,
  readContents,
} from '../../core/feeds/contentPoll';
import type { ContentFeed } from '../../core/feeds/feed';
import type { PageOptions } from '../../core/http/pages';
import { momentOf, type RecordType } from '../../core/feeds/records';

export interface Ware {
  id: number;
  text: string;
  made?: string;
  born?: string;
  moved?: number;
}

export const WARES: RecordType<Ware> = {
  platform: 'toy',
  kind: 'product',
  many: 'products',
  idOf: ({ id }) => String(id),
  changedAt: ({ made }) => momentOf(made),
  createdAt: ({ made }) => momentOf(made),
  volatile: ['moved'],
};
/** Wares on one page. */
export const PAGE = 3;
const MINUTE = 60_000;

/** Follows a list of wares: what a poll puts out, with `*` behind what it takes for new. */
export class Follower {
  wares: Ware[] = [];

  pagesRead = 0;

  /** What happens behind a page. */
  after?: (page: number) => void;

  contents: Contents;

  more = false;

  /** Whether it is asked for rows, and how many of them a page then has. */
  countsRows = false;

  lengthOf = (): number => PAGE;

  constructor(
    from?: Date,
    private readonly type = WARES,
  ) {
    this.contents = emptyContents('main', from);
  }

  private get feed(): ContentFeed<Ware> {
    return {
      type: this.type,
      changes: {
        all: (options) => (this.countsRows ? this.rows(options) : this.pages(options?.page)),
        newest: this.newest,
        ...(this.changed && { changedSince: (since) => this.namedAsChanged(since) }),
      },
      tooMany: 'Choose less.',
    };
  }

  private newest?: () => AsyncGenerator<Ware[]>;

  /** Ids of the wares that the store names as changed, on two pages. */
  changed?: number[];

  askedSince: string[] = [];

  /** What happens before a page of what is named as changed. */
  beforeNamed?: () => void;

  private async *namedAsChanged(since: Date): AsyncGenerator<Ware[]> {
    this.askedSince.push(since.toISOString());
    const rows = (this.changed ?? []).map((id) => structuredClone(this.ware(id)));
    this.beforeNamed?.();
    yield rows.slice(0, 1);
    this.beforeNamed?.();
    yield rows.slice(1);
  }

  private async *rows({ after, page = 1, onRows }: PageOptions = {}): AsyncGenerator<Ware[]> {
    for (let at = after ?? (page - 1) * PAGE; at < this.wares.length;) {
      const rows = this.wares.slice(at, at + this.lengthOf());
      at += rows.length;
      onRows?.(rows.length);
      yield structuredClone(rows);
    }
  }

  /** What it takes for the wares made last, of those that bear a date. */
  shownAsNewest = (wares: Ware[]): Ware[] => wares.slice(-PAGE).reverse();

  /** The store shows the wares made last when it is asked for them. */
  showsNewest(): this {
    const pages = async function* (list: Follower): AsyncGenerator<Ware[]> {
      yield structuredClone(list.shownAsNewest(list.wares.filter(({ made }) => made)));
    };
    this.newest = () => pages(this);
    return this;
  }

  private async *pages(first = 1): AsyncGenerator<Ware[]> {
    for (let page = first; ; page += 1) {
      const rows = this.wares.slice((page - 1) * PAGE, page * PAGE);
      if (rows.length === 0 && page > 1) return;
      this.pagesRead += 1;
      yield structuredClone(rows);
      this.after?.(page);
      if (rows.length < PAGE) return;
    }
  }

  place(...ids: number[]): void {
    this.wares.push(...ids.map((id) => ({ id, text: `ware ${id}` })));
  }

  ware(id: number): Ware {
    const found = this.wares.find((each) => each.id === id);
    if (!found) throw new Error(`There is no ware ${id}`);
    return found;
  }

  remove(id: number): void {
    this.wares = this.wares.filter((each) => each.id !== id);
  }

  async poll(options: Partial<ContentOptions> = {}): Promise<string[]> {
    const result = await readContents(this.feed, structuredClone(this.contents), {
      overlapMs: 0,
      max: 100,
      keepMs: 24 * 60 * MINUTE,
      ...options,
    });
    this.contents = result.contents;
    this.more = result.more;
    return result.changes.map(
      ({ record: { id }, event }) => `${id}${event === 'product.created' ? '*' : ''}`,
    );
  }
}
