import { PACK, templateId } from '../builder';
import type { Part, Step } from '../compose';
import type { Destination, Mapped, Service, Setting, Source } from '../services/service';

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
export const mapName = (service: Service, { noun }: Pick<Mapped, 'noun'> = {}): string =>
  `Map to ${noun ?? service.name}`;

/** All that the user may enter. */
export const settingsOf = ({ documents }: Pick<Destination, 'documents'>): Setting[] =>
  documents.flatMap(({ settings }) => settings);

const assignment = (idPrefix: string, { name }: Setting, index: number): object => ({
  id: templateId(idPrefix, 'setting', index + 1),
  name,
  type: 'string',
  value: '',
});

const row = ({ name, into, isInPlace }: Setting): object => ({
  ...into,
  source: 'path',
  path: 'other',
  otherPath: name,
  ...(isInPlace && { onlyIf: 'other', otherOnlyIf: name, comparison: 'exists' }),
});

function settingsStep(idPrefix: string, settings: readonly Setting[]): Step {
  const assignments = settings.map((setting, index) => assignment(idPrefix, setting, index));
  return {
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
  };
}

/**
 * Several documents of one item stand beside one another in it: each map keeps what was there before. So does that of a row
 * which is some shop's order: by it the shop's node refuses one of another shop.
 */
function mapStep({ source, service, destination }: Map, mapped: Mapped): Step {
  const { documents, listsColumns } = destination;
  const keepsInput = documents.length > 1 || source.orderId !== undefined;
  return {
    name: mapName(service, mapped),
    role: 'line',
    type: `${PACK}.commerceMap`,
    typeVersion: 1.1,
    ...(listsColumns && { credential: service.credential.type }),
    onError: 'continueErrorOutput',
    parameters: {
      operation: 'map',
      from: source.document,
      to: mapped.document,
      fieldOverrides: { rows: mapped.settings.map(row) },
      options: keepsInput ? { includeInput: true } : {},
    },
  };
}

/** What the user may enter, where there is anything, and the mappings that use it. */
export function map(options: Map): Part {
  const { destination, idPrefix, decides } = options;
  const settings = settingsOf(destination);
  const [yours, mappings] = [
    settings.length > 0 ? 'Your settings, and the' : 'The',
    destination.documents.length > 1 ? 'mappings' : 'mapping',
  ];
  const them = destination.documents.length > 1 ? 'one' : 'it';
  return {
    note: `## Map\n${yours} ${mappings}: drag fields onto the rows of *Columns* to change ${them}.${decides ? ` **${decides.name}** says by status what becomes of it.` : ''}`,
    steps: [
      ...(settings.length > 0 ? [settingsStep(idPrefix, settings)] : []),
      ...destination.documents.map((mapped) => mapStep(options, mapped)),
      ...(decides ? [decides] : []),
    ],
  };
}
