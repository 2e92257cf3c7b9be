import type { IExecuteFunctions } from 'n8n-workflow';

import { createMetadata } from '../../core/dynamics/dataverse/metadata/metadata';
import type { Dataverse, DataverseTable } from '../../core/dynamics/dataverse/types';
import { sameForAll } from '../shared/parameters';
import type { TableOptions, Tables } from '../shared/table/service';
import { typedOptions } from '../shared/typed';
import { connect } from './connection';

/** The Options collection of every operation; each uses what concerns it. */
export interface Options extends TableOptions {
  batchSize?: number;
  bulkMessages?: 'auto' | 'never';
  callerObjectId?: string;
  timeout?: number;
  bypassLogic?: boolean;
  detectDuplicates?: boolean;
  suppressFlows?: boolean;
  solutionName?: string;
  unknownProducts?: 'fail' | 'write-in';
  whenClosed?: 'fail' | 'skip';
  whenNotFound?: 'fail' | 'skip';
  failOnTotalDifference?: boolean;
  shopReferencePrefix?: string;
}

/** Dataverse docs: optional-parameters; compose-http-requests-handle-errors (impersonation). */
function headersOf(options: Options): Record<string, string> {
  return {
    ...(options.callerObjectId && { CallerObjectId: options.callerObjectId.trim() }),
    ...(options.detectDuplicates && { 'MSCRM.SuppressDuplicateDetection': 'false' }),
    ...(options.bypassLogic && { 'MSCRM.BypassBusinessLogicExecution': 'CustomSync,CustomAsync' }),
    ...(options.solutionName?.trim() && {
      'MSCRM.SolutionUniqueName': options.solutionName.trim(),
    }),
    ...(options.suppressFlows && { 'MSCRM.SuppressCallbackRegistrationExpanderJob': 'true' }),
  };
}

/** Of the options that are no text and no choice. */
const OPTION_TYPES = {
  allOrNothing: 'flag',
  annotations: 'flag',
  batchSize: 'count',
  bypassLogic: 'flag',
  detectDuplicates: 'flag',
  estimate: 'flag',
  etag: 'flag',
  failOnTotalDifference: 'flag',
  repeatable: 'flag',
  returnRow: 'flag',
  suppressFlows: 'flag',
  timeout: 'count',
} as const;

const DEFAULT_TIMEOUT_MS = 120_000;

/** The system of what is remembered: the same row may stand in two environments. */
export const systemOf = (client: Pick<Dataverse, 'root'>): string =>
  `dataverse:${new URL(client.root).host}`;

export interface Setup extends Tables<DataverseTable> {
  client: Dataverse;
  options: Options;
}

/** The client and the options of one run; options hold for all items alike. */
export async function setUp(context: IExecuteFunctions): Promise<Setup> {
  const given = sameForAll<Options>(context, 'options', {});
  const options = typedOptions(given, OPTION_TYPES);
  const headers = headersOf(options);
  const client = await connect(context, {
    batchSize: options.batchSize,
    timeoutMs: options.timeout ?? DEFAULT_TIMEOUT_MS,
    headers,
  });
  return { client, metadata: createMetadata(client), options, headers };
}
