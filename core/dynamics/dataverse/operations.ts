import { keySegment as ofKey } from '../../odata/keys';
import * as odata from '../../odata/operations';
import { readPage as ofPage } from '../../odata/pages';
import { entitySet as nameOf } from '../../odata/query';
import { DATAVERSE } from './service';

/** Each function makes one request of the Web API, to be sent alone (`request`) or in a batch. */
export const createOperation = odata.createOperation.bind(undefined, DATAVERSE);
export const getOperation = odata.getOperation.bind(undefined, DATAVERSE);
export const listOperation = odata.listOperation.bind(undefined, DATAVERSE);
export const updateOperation = odata.updateOperation.bind(undefined, DATAVERSE);
export const upsertOperation = odata.upsertOperation.bind(undefined, DATAVERSE);
export const deleteOperation = odata.deleteOperation.bind(undefined, DATAVERSE);
export const actionOperation = odata.actionOperation.bind(undefined, DATAVERSE);
export const functionOperation = odata.functionOperation.bind(undefined, DATAVERSE);

/** What an answer to one of them says. */
export const written = odata.written.bind(undefined, DATAVERSE);
export const readPage = ofPage.bind(undefined, DATAVERSE);

/** Name of a table in the address, checked. */
export const entitySet = (name: string): string => nameOf(name, DATAVERSE.words.set);

/** `(00000000-…)` or `(accountnumber='A1',region=2)` */
export const keySegment = ofKey.bind(undefined, DATAVERSE);
