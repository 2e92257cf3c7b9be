import type { FailedRule, ServiceError } from '../../../errors';
import { type ErrorDialect, errorReader } from '../../../odata/errors';
import type { FailedAnswer } from '../../../odata/service';
import { noteRows } from './bulkRows';
import { DATAVERSE_ERRORS } from './codes';

const BY_CLASS: ErrorDialect['byClass'] = {
  authentication: {
    title: 'Dataverse did not accept the token',
    fix: 'Check the credential, and that the app registration is an application user of this environment.',
  },
  permission: {
    title: 'Dataverse does not allow this',
    fix: 'Give the application user a security role that allows it.',
  },
  'not-found': {
    title: 'Dataverse found nothing there',
    fix: 'Check the name of the table and the ID of the row.',
  },
  validation: {
    title: 'Dataverse refused the request',
    fix: 'Correct what the message names: mostly a column, or a value that does not fit it.',
  },
  throttled: {
    title: 'Dataverse asks for a pause',
    fix: 'Nothing to repair; it is sent again when Dataverse allows it.',
  },
  transient: {
    title: 'Dataverse could not answer for the moment',
    fix: 'Nothing to repair; try again later.',
  },
  duplicate: {
    title: 'The row already exists',
    fix: 'The row is already there. Use Create or Update, or skip it.',
  },
  conflict: {
    title: 'The row has been changed by somebody else',
    fix: 'Read the row again and repeat the change on what it holds now.',
  },
};

/** How Microsoft.OData says that a type has no such property, of a payload and of a query. */
const NO_PROPERTY =
  /property (?:named )?'(?<column>\w+)' (?:was found in entity|does not exist on type|on type) 'Microsoft\.Dynamics\.CRM\.(?<table>\w+)'/i;

/** A column that was removed, or never was: no document gets through the row that fills it. */
function rowOf(message: string): FailedRule | undefined {
  const { column, table } = NO_PROPERTY.exec(message)?.groups ?? {};
  return column && table ? { target: `${table}.${column}`, isOwn: true } : undefined;
}

/** What Dataverse answered, as something that a person can act on. The code decides, then the status. */
const understood = errorReader({
  known: DATAVERSE_ERRORS,
  byClass: BY_CLASS,
  otherwise: { title: 'Dataverse refused the request' },
  requestIdHeaders: ['req_id', 'x-ms-service-request-id'],
  rowOf,
});

/** The same, and what the answer tells of each row where some of a bulk message were written. */
export function dataverseError(answer: FailedAnswer): ServiceError {
  const error = understood(answer);
  noteRows(error, answer.body);
  return error;
}
