import { PACK, type Template } from '../builder';
import { compose } from '../compose';
import { digest, MORNING, OPEN_FORM, repairForm, SEND_DIGEST } from '../parts/repair';

const TITLE = 'Sync operations: repair and digest';

const OVERVIEW = `## ${TITLE}

For whoever looks after the synchronization: what was not sent, what is held and what waits, over all flows of the Sync Ledger, by the number that people know. One of it is enough for all stores.

### How it works
1. **${OPEN_FORM}** is a web page. It shows what stopped, first the reason and what to do about it.
2. Mend the cause where the repair says so, tick what is to go, and choose *Send again*. It goes with the next run of its own workflow, within a minute or so.
3. *Discard* gives records up for good: only a change in the shop brings them back.
4. **${MORNING}** at seven the digest tells what waits for somebody, and what should have been sent long ago.

### Setup
- Nothing is needed to publish: the ledger is n8n's own, and the page asks for an n8n sign-in. Who may run this workflow may repair.
- Replace **${SEND_DIGEST}** by the node that you tell people with.
- Copy the *Production URL* of **${OPEN_FORM}** into *Link to Repair* of the nodes that write alerts and the digest: from the message it is then one click.
- Is your ledger encrypted, or elsewhere? Choose *From Credential* and the same credential in all Sync Ledger nodes.

Leave *Authentication* of the form as it is: who opens the page can discard orders.

Needs the community package ${PACK} (self-hosted n8n only).`;

/** What a person needs beside the flows, whatever they sync: a page to repair on, and a daily digest. */
export function operations(idPrefix: string): Template {
  return compose({
    name: TITLE,
    idPrefix,
    overview: OVERVIEW,
    parts: [[repairForm('What stopped'), digest()]],
  });
}
