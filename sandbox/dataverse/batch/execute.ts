import { randomUUID } from 'node:crypto';
import { runBatch } from '../../odata/batch/execute';
import type { WebRequest, WebResponse } from '../../odata/http/message';
import { errorResponse, MAX_BATCH_URL_LENGTH, type Dispatcher } from '../dispatch';
import type { Engine, Session } from '../engine';
import { errors } from '../errors';
import { actingAs } from '../http/impersonation';

const LIMITS = { requests: 1000, urlLength: MAX_BATCH_URL_LENGTH };

/** Runs work of a request, more than once where it has to wait for endpoints in its middle. */
export type Perform = <T>(session: Session, work: () => T) => Promise<T>;

interface Around {
  /** Waits as long as the rows that the item wrote take. */
  settle(session: Session): Promise<void>;
  perform: Perform;
}

/** Batches of Dataverse. Source: Dataverse docs, execute-batch-operations-using-web-api. */
export class BatchRunner {
  constructor(
    private readonly engine: Engine,
    private readonly dispatcher: Dispatcher,
    private readonly around: Around,
  ) {}

  /** Source: Dataverse docs know no file in a batch, and neither does `dynamics-web-api`. */
  private one(session: Session, request: WebRequest): WebResponse {
    const response = this.dispatcher.handle(session, request);
    if (!response.bytes) return response;
    return errorResponse(errors.query('A file cannot be downloaded in a batch.'), request);
  }

  async run(session: Session, request: WebRequest): Promise<WebResponse> {
    const { batchLineEnds, contentIdScope, failedChangeSet, failedChangeSetContentId } =
      this.engine.switches;
    try {
      session.actingAs = actingAs(this.engine, request.headers);
      return await runBatch(
        {
          limits: { ...LIMITS, lineEnds: batchLineEnds },
          contentIds: session.contentIds,
          contentIdScope,
          failedChangeSet,
          failedChangeSetContentId,
          partHeaders: () => ({ REQ_ID: randomUUID() }),
          handle: (inner) => this.one(session, inner),
          atomic: (work) => this.engine.database.atomic(work),
          perform: (work) => this.around.perform(session, work),
          settle: () => this.around.settle(session),
        },
        request,
      );
    } catch (error) {
      return errorResponse(error, request);
    }
  }
}
