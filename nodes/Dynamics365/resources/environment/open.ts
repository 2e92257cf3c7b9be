import type { IExecuteFunctions } from 'n8n-workflow';

import {
  type Environment,
  openEnvironment,
} from '../../../../core/dynamics/dataverse/prepare/environment';
import {
  PAYMENT_COLUMN_NAMES,
  type PaymentColumn,
} from '../../../../core/dynamics/dataverse/prepare/payments';
import {
  PARTS,
  type Part,
  type Requirement,
} from '../../../../core/dynamics/dataverse/prepare/requirement';
import { requirementsOf } from '../../../../core/dynamics/dataverse/prepare/requirements';
import { validationError } from '../../../../core/errors';
import { toGuid } from '../../../../core/odata/query';
import { sameForAll } from '../../../shared/parameters';
import { countOf, typedOptions } from '../../../shared/typed';
import { connect } from '../../connection';
import { parts as partsField } from './fields';

interface Options {
  applicationId?: string;
  keyWait?: unknown;
  paymentColumns?: { columns?: Array<{ column?: string; name?: string }> };
  paymentTable?: string;
  prefix?: string;
  roleName?: string;
  solutionName?: string;
  timeout?: number;
}

/** Making a table takes a while. */
const DEFAULT_TIMEOUT_MS = 300_000;
const DEFAULT_KEY_WAIT_S = 60;

export interface Opened {
  environment: Environment;
  requirements: Requirement[];
  keyWaitMs: number;
}

function partsOf(context: IExecuteFunctions): Part[] {
  const given: unknown = sameForAll(context, partsField, []);
  const list: unknown[] = Array.isArray(given) ? given : [given];
  const known = PARTS.filter((part) => list.includes(part));
  const unknown = list.find((one) => !PARTS.some((part) => part === one));
  if (known.length > 0 && unknown === undefined) return known;
  throw validationError(
    unknown === undefined ? 'Parts is empty' : `Parts has no "${String(unknown).slice(0, 60)}"`,
    `Choose what the environment is to have; in an expression these are ${PARTS.join(', ')}.`,
  );
}

function columnsOf({ columns = [] }: NonNullable<Options['paymentColumns']>) {
  const named: Partial<Record<PaymentColumn, string>> = {};
  for (const { column, name = '' } of columns) {
    const known = PAYMENT_COLUMN_NAMES.find((each) => each === column);
    if (known && name.trim() !== '') named[known] = name;
  }
  return named;
}

const filled = (text = ''): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** The environment of the credential, and what it is to have. */
export async function openChosen(context: IExecuteFunctions): Promise<Opened> {
  const parts = partsOf(context);
  const given = sameForAll<Options>(context, 'options', {});
  const options = typedOptions(given, { timeout: 'count' });
  const applicationId = filled(options.applicationId);
  const client = await connect(context, { timeoutMs: options.timeout ?? DEFAULT_TIMEOUT_MS });
  const environment = await openEnvironment(client, {
    solution: options.solutionName,
    prefix: options.prefix,
    applicationId: applicationId && toGuid(applicationId, 'Application (Client) ID'),
  });
  const { prefix } = environment;
  return {
    environment,
    requirements: requirementsOf({
      parts,
      prefix,
      payments: {
        table: filled(options.paymentTable),
        columns: columnsOf(options.paymentColumns ?? {}),
      },
      roleName: filled(options.roleName),
    }),
    keyWaitMs: countOf('keyWait', options.keyWait ?? DEFAULT_KEY_WAIT_S, 0) * 1000,
  };
}
