import { randomUUID } from 'node:crypto';

import { omit } from 'lodash';

import type { Decide } from './bySource';
import { byId, saveChanges } from './bulk';
import { decideForFlow } from './giveBack';
import type {
  ClaimOptions,
  ClaimOutcome,
  ClaimRequest,
  PreviewOutcome,
  TakeRequest,
} from './ledger';
import { idText, neededPayloads, type LedgerRecord } from './record';
import type { Seal } from './seal';
import type { LedgerReader, LedgerStorage, StoredPayload } from './storage';
import { asPersonFinds, decideLook, decideTake, type TakeContext } from './take';
import { claimOutcome, linksById } from './view';

interface Decided<Request> {
  outcomes: ClaimOutcome[];
  before: Map<string, LedgerRecord>;
  after: Map<string, LedgerRecord | undefined>;
  /** Requests whose payload is to be kept. */
  kept: Request[];
}

/** Decides one request after the other, so that a record that stands twice among them is handed out once. */
async function decideAll<Request extends ClaimRequest>(
  reader: LedgerReader,
  requests: Request[],
  decide: Decide<Request>,
): Promise<Decided<Request>> {
  const before = byId(await reader.records(requests));
  const links = linksById(await reader.links([...before.values()]));
  const after = new Map<string, LedgerRecord | undefined>(before);
  const kept: Request[] = [];
  const outcomes = requests.map((request): ClaimOutcome => {
    const id = idText(request);
    const { outcome, record, keepPayload } = decide(after.get(id), request);
    after.set(id, record);
    if (keepPayload) kept.push(request);
    return claimOutcome(record ?? request, outcome, links.get(id));
  });
  return { outcomes, before, after, kept };
}

function flowNamesIn(requests: ClaimRequest[]): Map<string, string> {
  return new Map(
    requests.flatMap(({ flow, flowName }) => (flowName === undefined ? [] : [[flow, flowName]])),
  );
}

function isNeeded(payload: StoredPayload, records: Decided<never>['after']): boolean {
  const record = records.get(idText(payload));
  return record !== undefined && neededPayloads(record).includes(payload.hash);
}

/** Long enough for a record that stands twice in one preview to be busy at the second. */
const PREVIEW_LEASE_MS = 1;

/** Handing out records to those who send them, and saying what would be handed out. */
export class Claims {
  constructor(
    private readonly storage: LedgerStorage,
    private readonly seal: Seal,
    private readonly context: () => Omit<TakeContext, 'purgedBefore'>,
  ) {}

  async claim(requests: ClaimRequest[], options: ClaimOptions): Promise<ClaimOutcome[]> {
    const context = { ...this.context(), ...options, newToken: () => randomUUID() };
    const decide: Decide<ClaimRequest> = (found, request) => decideForFlow(found, request, context);
    return await this.hand(requests, async () => decide);
  }

  async take(requests: TakeRequest[]): Promise<ClaimOutcome[]> {
    return await this.hand(requests, async (reader) => {
      const context = { ...this.context(), purgedBefore: await reader.purgedBefore() };
      return (found, request) => decideTake(found, request, context);
    });
  }

  async preview(
    requests: ClaimRequest[],
    { asRun = false }: { asRun?: boolean } = {},
  ): Promise<PreviewOutcome[]> {
    const decideOne = asRun ? decideForFlow : decideLook;
    const context = {
      ...this.context(),
      leaseMs: PREVIEW_LEASE_MS,
      newToken: () => randomUUID(),
    };
    const { outcomes, before } = await this.storage.read(async (reader) =>
      decideAll(reader, requests, (found, request) => decideOne(found, request, context)),
    );
    return outcomes.map((outcome): PreviewOutcome => {
      if (!('token' in outcome)) return outcome;
      const seen = asPersonFinds(before.get(idText(outcome)), context)?.hash;
      return { ...omit(outcome, 'token'), ...(seen !== undefined && { seen }) };
    });
  }

  private async hand<Request extends ClaimRequest>(
    requests: Request[],
    deciding: (reader: LedgerReader) => Promise<Decide<Request>>,
  ): Promise<ClaimOutcome[]> {
    return await this.storage.write(async (transaction) => {
      const decide = await deciding(transaction);
      const { outcomes, before, after, kept } = await decideAll(transaction, requests, decide);
      const payloads = kept.map((request): StoredPayload => {
        const { flow, key, hash, payload } = request;
        return { flow, key, hash, body: this.seal.close(payload, idText(request)) };
      });
      await saveChanges(transaction, before, after);
      await transaction.saveFlowNames(flowNamesIn(requests));
      await transaction.keepPayloads(payloads.filter((payload) => isNeeded(payload, after)));
      return outcomes;
    });
  }
}
