import type { IDataObject } from 'n8n-workflow';

import { validationError } from '../../../../core/errors';
import { isRow } from '../../../../core/odata/answers';
import { documentOf } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { parameterReader } from '../../../shared/parameters';
import { create } from '../../../shared/table/operations/create';
import { dataverseTables } from '../../tables';
import type { SalesResource } from './resource';

/** What the writer of whole documents looks up or compares, and Dataverse does not know. */
const NAMES_OF_DOCUMENT = ['transactioncurrency', 'pricelevel', 'customer', 'expectedtotal'];
const NAMES_OF_LINE = ['productnumber', 'uom'];

const hasAny = (row: object, names: string[]): boolean => names.some((name) => name in row);

/** Whether it is what a mapping makes; lines in the form of Dataverse's own deep insert are columns like others. */
function isDocument(property: string, columns: IDataObject): boolean {
  const lines = columns[property];
  const written = Array.isArray(lines) ? lines.filter(isRow) : [];
  return hasAny(columns, NAMES_OF_DOCUMENT) || written.some((line) => hasAny(line, NAMES_OF_LINE));
}

/** The row of a document by its columns. A whole document belongs to Create or Update, and is sent there. */
export function createSalesDocument({ subject, document, field }: SalesResource): Operation {
  const general = create(dataverseTables, subject);
  const { name, short } = document.words;
  return {
    ...general,
    description: `Create one new ${name} of its columns for each item; with lines, as Commerce Map makes it, by Create or Update`,
    async start(context, places) {
      const steps = await general.start(context, places);
      const read = parameterReader(context);
      return {
        ...steps,
        prepare: async (item, index) => {
          const source = read<string>('columnsSource', index);
          const path = source === 'field' ? read<string>('columnsField', index) : '';
          const columns = source === 'map' ? undefined : documentOf(item, path);
          if (columns && (isRow(columns[field]) || isDocument(document.lines.property, columns))) {
            throw validationError(
              `This is a whole ${name}, as Commerce Map makes it; Create takes the columns of its row alone`,
              `Choose the operation Create or Update: it takes the ${short} from the field ${field}, finds currency and products by their names, and writes the ${short} with its lines once, however often it comes.`,
            );
          }
          return await steps.prepare(item, index);
        },
      };
    },
  };
}
