import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Relationship, Table } from '../../../../core/dynamics/tables';
import { validationError } from '../../../../core/errors';
import {
  associateRows,
  disassociateRows,
  type Link,
  type Linked,
} from '../../../../core/odata/links';
import { withResult } from '../../input';
import type { Operation } from '../../operation';
import { type AnySteps, itemSteps } from '../../steps';
import { changeOptionFields } from '../fields/options';
import { tableFields } from '../fields/table';
import { tableReader } from '../reader';
import type { RelatedKeys, Subject, TableService } from '../service';

const relationship: INodeProperties = {
  displayName: 'Relationship Name or ID',
  name: 'relationship',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getRelationships', loadOptionsDependsOn: ['table.value'] },
  default: '',
  required: true,
  description:
    'The way from the row to the other; as an ID write the name of its navigation property. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const fields = (
  service: TableService,
  related: INodeProperties,
  subject: Subject,
): INodeProperties[] => [
  ...tableFields(service, subject),
  ...service.keys.fields(subject),
  relationship,
  related,
  changeOptionFields(service),
];

/** By the name of its navigation property, which is case-sensitive; capital letters are forgiven where one is meant. */
function relationshipOf(
  { displayName }: Table,
  relationships: Relationship[],
  name: string,
): Relationship {
  const wanted = name.trim();
  if (wanted === '') throw validationError('Relationship is empty', 'Choose one from the list.');
  const found =
    relationships.find(({ navigationProperty }) => navigationProperty === wanted) ??
    relationships.find(
      ({ navigationProperty }) => navigationProperty.toLowerCase() === wanted.toLowerCase(),
    );
  if (found) return found;
  throw validationError(
    `The table ${displayName} has no relationship "${wanted}"`,
    'Choose one from the list of Relationship, or write the name of a navigation property, such as primarycontactid.',
  );
}

interface Linking {
  related: RelatedKeys;
  subject: Subject;
  /** Whether the other row may be left out where the relationship is a lookup. */
  alone: boolean;
  run: typeof associateRows;
}

async function linkSteps(
  context: IExecuteFunctions,
  service: TableService,
  { related, subject, alone, run }: Linking,
): Promise<AnySteps> {
  const { client, metadata, options, headers } = await service.open(context);
  const reader = tableReader(context, { subject, metadata });
  return itemSteps<Link, Linked>({
    prepare: async (_item, index) => {
      const table = await reader.table(index);
      const key = service.keys.read(reader, subject, index);
      const all = await metadata.relationships(table.logicalName);
      const way = relationshipOf(table, all, reader.read<string>('relationship', index));
      const other = related.read(reader, index);
      const isLookup = way.kind === 'lookup';
      if (other === undefined && !(alone && isLookup)) {
        throw validationError(
          `No row of ${way.table} is chosen`,
          `Choose one in Related Row, or set its ID${alone ? '; only a lookup is emptied without' : ''}.`,
        );
      }
      return {
        from: { set: table.entitySetName, key },
        navigation: way.navigationProperty,
        isPair: way.kind === 'manyToMany',
        ...(other !== undefined && { to: { set: way.entitySetName, key: other } }),
        ...(isLookup &&
          way.lookupColumn !== undefined && { lookup: related.property(way.lookupColumn) }),
      };
    },
    run: (links) => run(client, links, { headers }),
    output: (item, result, index) => withResult(item, options.outputField ?? '', result, index),
  });
}

export function associate(
  service: TableService,
  related: RelatedKeys,
  subject: Subject,
): Operation {
  const { noun } = subject;
  return {
    name: 'Associate',
    value: 'associate',
    action: `Associate ${noun} with another`,
    description: `Associate one ${noun} with a row of a related table for each item; what is associated already stays as it is`,
    properties: fields(service, related.field(), subject),
    start: (context) =>
      linkSteps(context, service, { related, subject, alone: false, run: associateRows }),
  };
}

export function disassociate(
  service: TableService,
  related: RelatedKeys,
  subject: Subject,
): Operation {
  const { noun } = subject;
  const hint = 'Leave empty to take away whatever a lookup points to';
  return {
    name: 'Disassociate',
    value: 'disassociate',
    action: `Disassociate ${noun} from another`,
    description: `Take away the association of one ${noun} with a row of a related table for each item; neither is deleted`,
    properties: fields(service, related.field(hint), subject),
    start: (context) =>
      linkSteps(context, service, { related, subject, alone: true, run: disassociateRows }),
  };
}
