import type { INodeProperties } from 'n8n-workflow';

import { type FetchQuery, fetchRows, readFetchXml } from '../../core/dynamics/dataverse/fetchXml';
import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import { ServiceError, validationError } from '../../core/errors';
import type { Row } from '../../core/odata/types';
import type { QueryLanguage, TableService } from '../shared/table/service';

/** The other language of queries in Dataverse. */
export const fetchXml: QueryLanguage = {
  name: 'FetchXML',
  value: 'fetchXml',
  description: 'A query in XML with its own columns, order, links to other tables and sums',
  field: {
    typeOptions: { rows: 6 },
    placeholder:
      'e.g. <fetch><entity name="account"><attribute name="name" /><filter><condition attribute="statecode" operator="eq" value="0" /></filter></entity></fetch>',
    hint: 'All pages are read. A query with top or page is asked as it stands. One with distinct needs an order where its rows fill several pages.',
    description:
      'Query of the table, as Advanced Find or FetchXML Builder makes it. Be careful with text from outside: write &amp;lt; for < and &amp;quot; for quotes.',
  },
  read({ logicalName }, text) {
    if (text === '')
      throw validationError('FetchXML is empty', 'Write a query, or set Query to Conditions.');
    const query = readFetchXml(text);
    if (query.table === logicalName) return query;
    throw validationError(
      `The FetchXML is a query of ${query.table}, and the table is ${logicalName}`,
      'Choose the table that stands in <entity name="…">, or correct the query.',
    );
  },
  rows: (client, set, query, options) => fetchRows(client, set, query as FetchQuery, options),
};

const option: INodeProperties = {
  displayName: 'Estimate',
  name: 'estimate',
  type: 'boolean',
  default: false,
  description:
    'Whether to take the number of all rows that the environment has counted within the last day; quick for the largest tables, and without conditions',
};

/** Dataverse docs: RetrieveTotalRecordCount function; a snapshot of up to 24 hours ago. */
export const estimate: NonNullable<TableService<DataverseTable>['estimate']> = {
  option,
  async count({ client }, { logicalName }) {
    const answer = await client.callFunction('RetrieveTotalRecordCount', {
      EntityNames: [logicalName],
    });
    const { Keys = [], Values = [] } = (answer['EntityRecordCountCollection'] ?? {}) as {
      Keys?: string[];
      Values?: number[];
    };
    const count: Row[string] = Values[Keys.indexOf(logicalName)];
    if (typeof count === 'number') return count;
    throw new ServiceError(`Dataverse has not counted the rows of ${logicalName}`, {
      class: 'not-found',
      fix: 'Switch Estimate off: then they are counted now.',
    });
  },
};
