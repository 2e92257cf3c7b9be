import { PACK } from '../builder';
import type { Part } from '../compose';
import type { Destination, Service, Write } from '../services/service';

/** Name of the node that writes it. */
export const writeName = ({ verb = 'Write', noun }: Pick<Write, 'verb' | 'noun'>): string =>
  `${verb} ${noun}`;

/** One node for each thing that is written, one after the other. */
export function write(service: Service, { node, version = 1, writes, note }: Destination): Part {
  return {
    note: `## Write\n${note}`,
    steps: writes.map(({ parameters, ...named }) => ({
      name: writeName(named),
      role: 'line',
      type: `${PACK}.${node}`,
      typeVersion: version,
      credential: service.credential.type,
      onError: 'continueErrorOutput',
      parameters,
    })),
  };
}
