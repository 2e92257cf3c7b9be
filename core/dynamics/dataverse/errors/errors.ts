import { type ErrorDialect, errorReader } from '../../../odata/errors';
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

/** What Dataverse answered, as something that a person can act on. The code decides, then the status. */
export const dataverseError = errorReader({
  known: DATAVERSE_ERRORS,
  byClass: BY_CLASS,
  otherwise: { title: 'Dataverse refused the request' },
  requestIdHeaders: ['req_id', 'x-ms-service-request-id'],
});
