import { PACK, templateId } from '../builder';
import type { Part, Step } from '../compose';
import type { Destination, Service, Setting, Source } from '../services/service';

export interface Map {
  source: Source;
  /** Where the mapped document goes. */
  service: Service;
  destination: Destination;
  /** Of the template. */
  idPrefix: string;
  /** What decides where the mapped document goes, if anything does. */
  decides?: Step;
}

export const SETTINGS = 'Settings';

/** Name of the node that maps. */
export const mapName = (service: Service): string => `Map to ${service.name}`;

const assignment = (idPrefix: string, { name }: Setting, index: number): object => ({
  id: templateId(idPrefix, 'setting', index + 1),
  name,
  type: 'string',
  value: '',
});

/** What the user may enter, and the mapping that uses it. */
export function map({ source, service, destination, idPrefix, decides }: Map): Part {
  const { document, settings, listsColumns } = destination;
  const assignments = settings.map((setting, index) => assignment(idPrefix, setting, index));
  const rows = settings.map(({ name, into }) => ({
    ...into,
    source: 'path',
    path: 'other',
    otherPath: name,
  }));
  return {
    note: `## Map\nYour settings, and the mapping: drag fields onto the rows of *Columns* to change it.${decides ? ` **${decides.name}** says by status what becomes of it.` : ''}`,
    steps: [
      {
        name: SETTINGS,
        role: 'line',
        type: 'n8n-nodes-base.set',
        typeVersion: 3.4,
        parameters: {
          mode: 'manual',
          duplicateItem: false,
          assignments: { assignments },
          includeOtherFields: true,
          options: {},
        },
      },
      {
        name: mapName(service),
        role: 'line',
        type: `${PACK}.commerceMap`,
        typeVersion: 1.1,
        ...(listsColumns && { credential: service.credential.type }),
        onError: 'continueErrorOutput',
        parameters: {
          operation: 'map',
          from: source.document,
          to: document,
          fieldOverrides: { rows },
          options: {},
        },
      },
      ...(decides ? [decides] : []),
    ],
  };
}
