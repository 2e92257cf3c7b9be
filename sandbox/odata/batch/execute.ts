import { randomUUID } from 'node:crypto';
import type { WebRequest, WebResponse } from '../http/message';
import { parsePreferences } from '../http/preferences';
import { planBatch, type BatchItem, type BatchLimits, type BatchRequest } from './plan';
import { joinParts, writeNested, writePart } from './write';

/** What a service decides about its batches, and how it does the work of one. */
export interface BatchService {
  limits: BatchLimits;
  /** Addresses of rows made earlier, by Content-ID: the service replaces `$1` by them. */
  contentIds: Map<string, string>;
  /** Whether `$1` reaches over its change set or over the whole batch. */
  contentIdScope: 'changeset' | 'batch';
  /** A failed change set answers as one part, or in a multipart of its own. */
  failedChangeSet: 'single' | 'nested';
  /** Whether the part of a failed change set repeats the Content-ID of the request that failed. */
  failedChangeSetContentId: boolean;
  /** Headers that each part has, such as an id of its own. */
  partHeaders(): Record<string, string>;
  /** Answers one request; a refusal is an answer too. */
  handle(request: WebRequest): WebResponse;
  /** Runs work that is undone as a whole when it throws. */
  atomic<T>(work: () => T): T;
  /** Runs the work of an item; a service may have to run it more than once. Left out: it is run as it is. */
  perform?<T>(work: () => T): Promise<T>;
  /** Waits as long as the rows that the item wrote take. */
  settle(): Promise<void>;
}

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

/** Runs a batch, item after item (OData 4.0, part 1, 11.7). Throws an ODataError when it cannot be read. */
export async function runBatch(service: BatchService, request: WebRequest): Promise<WebResponse> {
  const items = planBatch(request.headers['content-type'], request.body, service.limits);
  const prefer = parsePreferences(request.headers.prefer);
  const run = new BatchRun(service);
  const parts: string[] = [];
  let status = 200;
  for (const item of items) {
    const work = (): Outcome => run.item(item);
    const outcome = service.perform ? await service.perform(work) : work();
    await service.settle();
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

class BatchRun {
  constructor(private readonly service: BatchService) {}

  item(item: BatchItem): Outcome {
    return item.kind === 'request' ? this.single(item.request) : this.changeSet(item.requests);
  }

  private single(request: BatchRequest): Outcome {
    const response = this.answer(request);
    if (this.service.contentIdScope === 'batch') this.remember(request, response);
    return {
      part: writePart(response, request.contentId),
      failed: response.status >= 400 ? response.status : undefined,
    };
  }

  private answer(request: BatchRequest): WebResponse {
    const response = this.service.handle(request);
    return { ...response, headers: { ...response.headers, ...this.service.partHeaders() } };
  }

  private changeSet(requests: readonly BatchRequest[]): Outcome {
    const { contentIds, contentIdScope, atomic } = this.service;
    const outer = [...contentIds];
    try {
      const parts = atomic(() => requests.map((request) => this.inChangeSet(request)));
      return { part: writeNested(`changesetresponse_${randomUUID()}`, parts) };
    } catch (error) {
      if (!(error instanceof ChangeSetFailed)) throw error;
      return this.failed(error);
    } finally {
      if (contentIdScope === 'changeset') {
        contentIds.clear();
        for (const [id, address] of outer) contentIds.set(id, address);
      }
    }
  }

  private inChangeSet(request: BatchRequest): string {
    const response = this.answer(request);
    if (response.status >= 400) throw new ChangeSetFailed(response, request.contentId);
    this.remember(request, response);
    return writePart(response, request.contentId);
  }

  private failed({ response, contentId }: ChangeSetFailed): Outcome {
    const { failedChangeSet, failedChangeSetContentId } = this.service;
    const part = writePart(response, failedChangeSetContentId ? contentId : undefined);
    const nested = failedChangeSet === 'nested';
    return {
      part: nested ? writeNested(`changesetresponse_${randomUUID()}`, [part]) : part,
      failed: response.status,
    };
  }

  /** Later requests may name the row that this one made (or touched) by its Content-ID. */
  private remember({ contentId }: BatchRequest, response: WebResponse): void {
    if (contentId === undefined || response.status >= 400) return;
    const address = response.headers['OData-EntityId'] ?? response.entity;
    if (address !== undefined) this.service.contentIds.set(contentId, address);
  }
}
