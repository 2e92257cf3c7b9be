import { setTimeout as sleep } from 'node:timers/promises';
import { deliver, type DeliveryState, WEBHOOK_DEFAULTS } from '../../kit/webhooks';
import { isJsonObject, type WebRequest, type WebResponse } from '../../odata/http/message';
import { parsePath } from '../../odata/syntax/url';
import type { Perform } from '../batch/execute';
import { splitUrl } from '../dialect';
import { errorResponse, type Dispatcher } from '../dispatch';
import type { Engine, Session } from '../engine';
import { signedCode } from '../events/failure';
import { actingAs } from '../http/impersonation';
import { METADATA_ACTION_PARAMETERS } from '../metadata/actions';
import { servedActions } from '../operations/actions';
import { FUNCTION_PARAMETERS } from '../operations/functions';
import type { JsonObject, JsonValue } from '../options';
import { SEARCH_ACTIONS, SEARCH_FUNCTIONS } from '../search/actions';
import { privilegeName, requirePrivilege } from '../security/privileges';
import { monitorUrl, statusOf } from './monitor';
import { asyncPreferences } from './preferences';
import { begin, canceled, failed, isCanceling, note, rowOf, started, succeeded } from './rows';

/** Documented: an error is tried again up to three times, each time after a longer wait. */
const RETRIES = 3;

/** How often one that waits is looked at. */
const LOOK_MS = 10;

/** Documented of search operations: they are custom APIs, which alone run in the background. */
const CUSTOM_APIS: ReadonlySet<string> = new Set([
  ...Object.keys(SEARCH_ACTIONS),
  ...Object.keys(SEARCH_FUNCTIONS),
]);

interface Around {
  perform: Perform;
  settle(session: Session): Promise<void>;
}

/** Requests that are accepted at once and worked on afterwards. Source: Dataverse docs, background-operations. */
export class BackgroundOperations {
  private running = new Set<Promise<void>>();
  private stopping = new AbortController();

  constructor(
    private readonly engine: Engine,
    private readonly dispatcher: Dispatcher,
    private readonly around: Around,
  ) {}

  /** The answer to a request that is worked on in the background; undefined where it is answered as any other. */
  accept(session: Session, request: WebRequest): WebResponse | undefined {
    const preferences = asyncPreferences(request.headers.prefer);
    const name = preferences.respondAsync ? this.operationIn(request) : undefined;
    if (name === undefined) return undefined;
    try {
      const own: Session = { ...session, contentIds: new Map(), writes: 0 };
      own.actingAs = actingAs(this.engine, request.headers);
      const table = this.engine.model.required('backgroundoperation');
      for (const right of ['Read', 'Write'] as const) {
        requirePrivilege(this.engine, own, privilegeName(table, right));
      }
      const id = begin(this.engine, own, { name, input: objectIn(request.body) });
      this.start(this.work(own, request, id, preferences.callback));
      return accepted(monitorUrl(session.base, id), id, preferences.callback);
    } catch (error) {
      return errorResponse(error, request);
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  stop(): void {
    this.stopping.abort();
  }

  reset(): void {
    this.stop();
    this.stopping = new AbortController();
  }

  /** The operation that a request calls, where it may run in the background. */
  private operationIn({ method, url }: WebRequest): string | undefined {
    if (method !== 'GET' && method !== 'POST') return undefined;
    const last = parsePath(splitUrl(url).path).at(-1)?.name ?? '';
    const name = last.replace(/^Microsoft\.Dynamics\.CRM\./, '');
    const mayRun =
      CUSTOM_APIS.has(name) ||
      (this.engine.switches.respondAsync === 'all operations' && this.isOperation(name));
    return mayRun ? name : undefined;
  }

  private isOperation(name: string): boolean {
    return (
      Object.hasOwn(METADATA_ACTION_PARAMETERS, name) ||
      Object.hasOwn(FUNCTION_PARAMETERS, name) ||
      servedActions(this.engine).some((action) => action.name === name)
    );
  }

  private start(work: Promise<void>): void {
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  private async work(
    session: Session,
    request: WebRequest,
    id: string,
    callback: string | undefined,
  ): Promise<void> {
    const { engine } = this;
    const { signal } = this.stopping;
    await this.turn(id, signal);
    if (signal.aborted) return;
    if (isCanceling(rowOf(engine, id))) note(engine, id, canceled(engine));
    else await this.run(session, request, id, signal);
    const row = rowOf(engine, id);
    if (signal.aborted || !row || callback === undefined) return;
    const location = monitorUrl(session.base, id);
    const body = JSON.stringify({ location, backgroundOperationId: id, ...statusOf(row) });
    await tell(callback, id, body, engine.switches.webhookTimeoutMs, signal);
  }

  private async run(
    session: Session,
    request: WebRequest,
    id: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { engine } = this;
    note(engine, id, started(engine));
    const headers = { ...request.headers, prefer: '' };
    for (let tries = 0; !signal.aborted; tries += 1) {
      const work = (): WebResponse => this.dispatcher.handle(session, { ...request, headers });
      const { status, body = '' } = await this.around.perform(session, work);
      await this.around.settle(session);
      if (signal.aborted) return;
      const answer = objectIn(body);
      if (status < 400) {
        const { '@odata.context': _, ...output } = answer;
        note(engine, id, succeeded(engine, output));
        return;
      }
      // Documented: what was canceled meanwhile is not tried again.
      if (tries === RETRIES || isCanceling(rowOf(engine, id))) {
        const { code, message } = answer.error as { code: string; message: string };
        note(engine, id, failed(engine, signedCode(code), message));
        return;
      }
      note(engine, id, { retrycount: tries + 1 });
      await this.wait(engine.switches.backgroundRetryMs * 2 ** tries, signal);
    }
  }

  /** Waits for the turn of an operation, which one that is canceled meanwhile has at once. */
  private async turn(id: string, signal: AbortSignal): Promise<void> {
    const end = Date.now() + this.engine.switches.backgroundDelayMs;
    do {
      await this.wait(Math.min(LOOK_MS, Math.max(0, end - Date.now())), signal);
    } while (!signal.aborted && Date.now() < end && !isCanceling(rowOf(this.engine, id)));
  }

  private async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/** With a callback the documented answer has a body, and names that preference alone. */
function accepted(location: string, id: string, callback: string | undefined): WebResponse {
  const headers = {
    Location: location,
    'x-ms-dyn-backgroundoperationid': id,
    'Preference-Applied': callback === undefined ? 'respond-async' : 'callback',
  };
  if (callback === undefined) return { status: 202, headers };
  return {
    status: 202,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ backgroundOperationId: id, location }),
  };
}

/** Posts the end of an operation to the address that asked for it; once, because no more is documented. */
async function tell(
  url: string,
  id: string,
  body: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const state: DeliveryState = {
    deliveryId: id,
    event: 'OnBackgroundOperationComplete',
    url,
    duplicate: false,
    status: 'pending',
    attempts: [],
  };
  const target = { ...WEBHOOK_DEFAULTS, url, secret: '', retries: 0, timeoutMs };
  const message = { headers: { 'Content-Type': 'application/json' }, body };
  await deliver(state, message, target, signal);
}

/** The JSON object of a body; nothing where it is none. */
function objectIn(body: string): JsonObject {
  try {
    const value = JSON.parse(body) as JsonValue;
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
