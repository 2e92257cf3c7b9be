import {
  convertDocuments,
  type Convertible,
  type ToConvert,
} from '../../../../core/dynamics/dataverse/sales/convert';
import type { Made } from '../../../../core/dynamics/dataverse/sales/made';
import type { SalesDocument } from '../../../../core/dynamics/dataverse/sales/salesDocument';
import type { Row } from '../../../../core/odata/types';
import type { Operation } from '../../../shared/operation';
import { actOperation, subjectField } from './act';
import type { SalesResource } from './resource';

export interface ConvertWords {
  name: string;
  value: string;
  action: string;
  description: string;
  /** Parameter of the action that takes the text of the activity, where it records one. */
  subject?: string;
}

/** What was made, with the document that it was made of in the column of its key. */
export const shownMade = ({ key }: SalesDocument, { source, id, outcome, row }: Made): object => ({
  ...(id !== undefined && { id }),
  outcome,
  ...row,
  [key]: source,
});

/** Makes the next document of one, such as the invoice of an order. */
export function convertOperation(
  resource: SalesResource & { document: Convertible },
  { subject, ...words }: ConvertWords,
): Operation {
  const { document } = resource;
  return actOperation<ToConvert, Made>(resource, {
    ...words,
    fields: subject === undefined ? [] : [subjectField],
    doneName: 'Converted',
    prepare: (reader, id, index): ToConvert => {
      if (subject === undefined) return { id };
      const parameters: Row = {
        [subject]: reader.read<string>('subject', index, '') || words.name,
      };
      return { id, parameters };
    },
    run: async (client, documents, options) =>
      await convertDocuments(client, document, documents, options),
    shown: (result) => shownMade(document, result),
  });
}
