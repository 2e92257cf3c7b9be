import { randomUUID } from 'node:crypto';

import { omit } from 'lodash';

import { byId, saveChanges } from './bulk';
import { decideClaim } from './claim';
import { type Decide, decideBySource } from './bySource';
import type { ClaimOutcome, ClaimRequest, PreviewOutcome, TakeRequest } from './ledger';
import { idText, neededPayloads, type LedgerRecord } from './record';
import type { Seal } from './seal';
import type { LedgerReader, LedgerStorage, StoredPayload } from './storage';
import { decideTake, type TakeContext } from './take';
import { claimOutcome, linksById } from './view';

interface Decided<Request> {
  outcomes: ClaimOutcome[];
  before: Map<string, LedgerRecord>;
  after: Map<string, LedgerRecord>;
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
  const after = new Map(before);
  const kept: Request[] = [];
  const outcomes = requests.map((request): ClaimOutcome => {
    const id = idText(request);
    const { outcome, record, keepPayload } = decideBySource(after.get(id), request, decide);
    after.set(id, record);
    if (keepPayload) kept.push(request);
    return claimOutcome(record, outcome, links.get(id));
  });
  return { outcomes, before, after, kept };
}

function flowNamesIn(requests: ClaimRequest[]): Map<string, string> {
  return new Map(
    requests.flatMap(({ flow, flowName }) => (flowName === undefined ? [] : [[flow, flowName]])),
  );
}

function isNeeded(payload: StoredPayload, records: Map<string, LedgerRecord>): boolean {
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
    private readonly context: () => TakeContext,
  ) {}

  async claim(requests: ClaimRequest[], leaseMs: number): Promise<ClaimOutcome[]> {
    return await this.hand(requests, this.claiming(leaseMs));
  }

  async take(requests: TakeRequest[]): Promise<ClaimOutcome[]> {
    const context = this.context();
    return await this.hand(requests, (known, request) => decideTake(known, request, context));
  }

  async preview(requests: ClaimRequest[]): Promise<PreviewOutcome[]> {
    const decide = this.claiming(PREVIEW_LEASE_MS);
    const { outcomes, before } = await this.storage.read(async (reader) =>
      decideAll(reader, requests, decide),
    );
    return outcomes.map((outcome): PreviewOutcome => {
      if (!('token' in outcome)) return outcome;
      const seen = before.get(idText(outcome))?.hash;
      return { ...omit(outcome, 'token'), ...(seen !== undefined && { seen }) };
    });
  }

  private claiming(leaseMs: number): Decide<ClaimRequest> {
    const context = { ...this.context(), leaseMs, newToken: () => randomUUID() };
    return (known, request) => decideClaim(known, request, context);
  }

  private async hand<Request extends ClaimRequest>(
    requests: Request[],
    decide: Decide<Request>,
  ): Promise<ClaimOutcome[]> {
    return await this.storage.write(async (transaction) => {
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
