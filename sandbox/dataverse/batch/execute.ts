import { randomUUID } from 'node:crypto';
import type { Dispatcher } from '../dispatch';
import { errorResponse } from '../dispatch';
import type { Engine, Session } from '../engine';
import { actingAs } from '../http/impersonation';
import type { WebRequest, WebResponse } from '../http/message';
import { parsePreferences } from '../http/preferences';
import { planBatch, type BatchItem, type BatchRequest } from './plan';
import { joinParts, writeNested, writePart } from './write';

interface Outcome {
  part: string;
  /** Status of the answer when it is a refusal. */
  failed?: number;
}

/** Carries the refusal of one request out of its change set, so that everything is undone. */
class ChangeSetFailed extends Error {
  constructor(
    readonly response: WebResponse,
    readonly contentId: string | undefined,
  ) {
    super('A request of the change set failed');
  }
}

/** Runs a batch, item after item. Source: Dataverse docs, execute-batch-operations-using-web-api. */
export class BatchRunner {
  constructor(
    private readonly engine: Engine,
    private readonly dispatcher: Dispatcher,
    /** Waits as long as the rows that the item wrote take. */
    private readonly settle: (session: Session) => Promise<void>,
  ) {}

  async run(session: Session, request: WebRequest): Promise<WebResponse> {
    let items: BatchItem[];
    try {
      items = planBatch(request.headers['content-type'], request.body);
      session.actingAs = actingAs(this.engine, request.headers);
    } catch (error) {
      return errorResponse(error, request);
    }
    const prefer = parsePreferences(request.headers.prefer);
    const parts: string[] = [];
    let status = 200;
    for (const item of items) {
      const outcome = this.runItem(session, item);
      await this.settle(session);
      parts.push(outcome.part);
      if (outcome.failed === undefined || prefer.continueOnError) continue;
      // Documented: the outer status becomes that of the failure, the body still says which part failed.
      status = outcome.failed;
      break;
    }
    const boundary = `batchresponse_${randomUUID()}`;
    return {
      status,
      headers: {
        'Content-Type': `multipart/mixed; boundary=${boundary}`,
        ...prefer.applied('odata.continue-on-error'),
      },
      body: joinParts(boundary, parts),
    };
  }

  private runItem(session: Session, item: BatchItem): Outcome {
    return item.kind === 'request'
      ? this.runRequest(session, item.request)
      : this.runChangeSet(session, item.requests);
  }

  private runRequest(session: Session, request: BatchRequest): Outcome {
    const response = this.answer(session, request);
    if (this.engine.switches.contentIdScope === 'batch') remember(session, request, response);
    return {
      part: writePart(response, request.contentId),
      failed: response.status >= 400 ? response.status : undefined,
    };
  }

  private answer(session: Session, request: BatchRequest): WebResponse {
    const response = this.dispatcher.handle(session, request);
    return { ...response, headers: { ...response.headers, REQ_ID: randomUUID() } };
  }

  private runChangeSet(session: Session, requests: readonly BatchRequest[]): Outcome {
    const outer = new Map(session.contentIds);
    try {
      const parts = this.engine.database.atomic(() =>
        requests.map((request) => this.runInChangeSet(session, request)),
      );
      return { part: writeNested(`changesetresponse_${randomUUID()}`, parts) };
    } catch (error) {
      if (!(error instanceof ChangeSetFailed)) throw error;
      return this.failedChangeSet(error);
    } finally {
      if (this.engine.switches.contentIdScope === 'changeset') session.contentIds = outer;
    }
  }

  private runInChangeSet(session: Session, request: BatchRequest): string {
    const response = this.answer(session, request);
    if (response.status >= 400) throw new ChangeSetFailed(response, request.contentId);
    remember(session, request, response);
    return writePart(response, request.contentId);
  }

  private failedChangeSet({ response, contentId }: ChangeSetFailed): Outcome {
    const { failedChangeSet, failedChangeSetContentId } = this.engine.switches;
    const part = writePart(response, failedChangeSetContentId ? contentId : undefined);
    return {
      part:
        failedChangeSet === 'single'
          ? part
          : writeNested(`changesetresponse_${randomUUID()}`, [part]),
      failed: response.status,
    };
  }
}

/** Later requests may name the row that this one made (or touched) by its Content-ID. */
function remember(session: Session, request: BatchRequest, response: WebResponse): void {
  if (request.contentId === undefined || response.status >= 400) return;
  const address = response.headers['OData-EntityId'] ?? response.entity;
  if (address !== undefined) session.contentIds.set(request.contentId, address);
}
