import { PACK } from '../builder';
import type { Part, Step } from '../compose';
import type { Destination, Service, Source } from '../services/service';
import { ledgerStep } from './ledger';
import { DONE } from './remember';
import { writeName } from './write';

export const ROUTE = 'Route by state';
export const HOLD = 'Hold with its reason';

/** Name of the node that ends what the source has called off. */
export const cancelName = ({ noun }: { noun: string }): string => `Cancel ${noun}`;

export interface Route {
  source: Source;
  service: Service;
  destination: Destination;
}

/** What becomes of a mapped document by its state; undefined where the destination cannot end one. */
export function route({ source, destination }: Route): Step | undefined {
  const { documents, writes, cancel } = destination;
  const [first] = writes;
  if (!cancel || !first) return undefined;
  return {
    name: ROUTE,
    role: 'line',
    type: `${PACK}.commerceMap`,
    onError: 'continueErrorOutput',
    outputs: ['Write', 'Refund', 'Cancel', 'Hold'],
    leads: { Refund: writeName(first), Cancel: cancelName(cancel), Hold: HOLD },
    parameters: { operation: 'route', from: source.document, to: documents[0].document },
  };
}

/** Where a document goes that is not to be written. */
export function aside({ service, destination }: Route): Part[] {
  const { node, version = 1, cancel } = destination;
  if (!cancel) return [];
  return [
    {
      note: `## Hold or cancel\nUnpaid waits until it is paid. What was called off is canceled.`,
      steps: [
        ledgerStep(HOLD, 'branch', { operation: 'hold' }),
        {
          name: cancelName(cancel),
          role: 'branch',
          type: `${PACK}.${node}`,
          typeVersion: version,
          credential: service.credential.type,
          onError: 'continueErrorOutput',
          outputs: [''],
          leads: { '': DONE },
          parameters: cancel.parameters,
        },
      ],
    },
  ];
}
