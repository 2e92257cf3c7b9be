import type { IExecuteFunctions } from 'n8n-workflow';

import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { connect } from './connection';

/** The Options collection of every operation; each uses what concerns it. */
export interface Options {
  batchSize?: number;
  callerObjectId?: string;
  timeout?: number;
  bypassLogic?: boolean;
  detectDuplicates?: boolean;
  suppressFlows?: boolean;
  whenMissing?: 'fail' | 'skip';
  convert?: 'auto' | 'always' | 'never';
  returnRow?: boolean;
  outputField?: string;
  select?: string;
  orderBy?: string;
  expand?: string;
  filter?: string;
  annotations?: boolean;
  unknownProducts?: 'fail' | 'write-in';
  failOnTotalDifference?: boolean;
}

/** Dataverse docs: optional-parameters; compose-http-requests-handle-errors (impersonation). */
function headersOf(options: Options): Record<string, string> {
  return {
    ...(options.callerObjectId && { CallerObjectId: options.callerObjectId.trim() }),
    ...(options.detectDuplicates && { 'MSCRM.SuppressDuplicateDetection': 'false' }),
    ...(options.bypassLogic && { 'MSCRM.BypassBusinessLogicExecution': 'CustomSync,CustomAsync' }),
    ...(options.suppressFlows && { 'MSCRM.SuppressCallbackRegistrationExpanderJob': 'true' }),
  };
}

const DEFAULT_TIMEOUT_MS = 120_000;

export interface Setup {
  client: Dataverse;
  options: Options;
  /** Of each write: inside a batch every request stands for itself. */
  headers: Record<string, string>;
}

/** The client and the options of one run; options hold for all items alike. */
export async function setUp(context: IExecuteFunctions): Promise<Setup> {
  const options = context.getNodeParameter('options', 0, {}) as Options;
  const headers = headersOf(options);
  const client = await connect(context, {
    batchSize: options.batchSize,
    timeoutMs: options.timeout ?? DEFAULT_TIMEOUT_MS,
    headers,
  });
  return { client, options, headers };
}
