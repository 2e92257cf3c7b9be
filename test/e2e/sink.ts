import { type HttpServer, startHttpServer } from '../support/httpServer';

/** A row that came out of a workflow behind its Claim. */
export interface Told {
  id: string;
  /** Left out: the row is gone. */
  name?: string;
  event: string;
  /** Why Claim let it through, such as `new` or `reclaimed`. */
  outcome: string;
}

/** Body of a request for all items of a run, as an expression of n8n. */
export const TOLD_ROWS =
  '={{ JSON.stringify($input.all().map(({ json }) => ({ id: json.accountid, name: json.name, event: json.source.event, outcome: json.claim.outcome }))) }}';

/** Where a workflow sends what comes out of it: a service that notes all that it is sent. */
export class Sink {
  private constructor(private readonly server: HttpServer) {}

  static async open(): Promise<Sink> {
    return new Sink(await startHttpServer(() => ({ body: {} })));
  }

  get url(): string {
    return this.server.origin;
  }

  /** In the order in which it came. */
  get told(): Told[] {
    return this.server.received.flatMap(({ body }) => JSON.parse(body) as Told[]);
  }

  async close(): Promise<void> {
    await this.server.close();
  }
}
