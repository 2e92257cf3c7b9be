import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import {
  checkedPrefix,
  referenceNames,
} from '../../../../core/dynamics/dataverse/prepare/requirements';
import { shopReference, sourceInKey } from '../../../../core/ledger/sourceOf';
import type { Row } from '../../../../core/odata/types';
import { recordKeyIn } from '../../../shared/itemRecord';

/** An entry of the options of whoever writes whole documents. */
export const referenceOption: INodeProperties = {
  displayName: 'Shop Reference Prefix',
  name: 'shopReferencePrefix',
  type: 'string',
  default: '',
  placeholder: 'e.g. new',
  description:
    'Prefix of the columns External Source and External ID, once Environment: Prepare has made them: they then say which record of which shop the row comes from, also where the Sync Ledger does not know it any more. Leave empty to write none.',
};

/**
 * Adds to a document which order of which shop it comes from, as its item says, in the columns that *Environment: Prepare*
 * makes: `new_externalsource` `xcart.main`, `new_externalid` `1042`. What the document itself has there stays.
 *
 * @param given the option; empty adds nothing. Throws a validation error where no publisher can have such a prefix.
 */
export function referenceWriter(given: unknown): (document: Row, item: INodeExecutionData) => Row {
  const text = typeof given === 'string' ? given.trim() : '';
  if (text === '') return (document) => document;
  const { source, id } = referenceNames(checkedPrefix(text));
  return (document, item) => {
    const key = recordKeyIn(item);
    if (key === undefined) return document;
    const record = sourceInKey(key);
    // The columns say nothing of the kind, and whoever reads them takes the record for an order.
    if (record.kind !== 'order') return document;
    return { [source]: shopReference(record), [id]: record.id, ...document };
  };
}
