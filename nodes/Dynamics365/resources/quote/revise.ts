import { reviseQuotes, type ToRevise } from '../../../../core/dynamics/dataverse/sales/revise';
import type { Made } from '../../../../core/dynamics/dataverse/sales/made';
import type { Operation } from '../../../shared/operation';
import { actOperation, subjectField } from '../sales/act';
import { shownMade } from '../sales/convert';
import type { SalesResource } from '../sales/resource';

/** A new revision of a quote that takes no changes any more. */
export const reviseOperation = (resource: SalesResource): Operation =>
  actOperation<ToRevise, Made>(resource, {
    name: 'Revise',
    value: 'revise',
    action: 'Revise quote',
    description:
      'Make a new draft of an active or closed quote under its number; an active one is closed as revised',
    fields: [subjectField],
    doneName: 'Revised',
    prepare: (reader, id, index) => ({
      id,
      subject: reader.read<string>('subject', index, '') || 'Revise',
    }),
    run: async (client, quotes, options) => await reviseQuotes(client, quotes, options),
    shown: (result) => shownMade(resource.document, result),
  });
