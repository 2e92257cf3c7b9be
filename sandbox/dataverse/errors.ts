/** A refusal as the Web API words it. `code` is the hexadecimal text of the error body. */
export class DataverseError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Annotations of the error, for whoever asks for them. */
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'DataverseError';
  }
}

const PAYLOAD_HELP =
  'For more information on this error please follow this help link ' +
  'https://go.microsoft.com/fwlink/?linkid=2195293';

/** Codes and texts. Sources: Dataverse docs, web-service-error-codes and compose-http-requests-handle-errors. */
export const errors = {
  notFound: (table: string, id: string) =>
    new DataverseError(404, '0x80040217', `${table} With Id = ${id} Does Not Exist`),
  noFile: (table: string, column: string, id: string) =>
    new DataverseError(
      404,
      '0x80040217',
      `No FileAttachment records found for attribute: ${column} of ${table} record with id ${id}.`,
    ),
  noFullImage: (table: string, column: string, id: string, imageId: string) =>
    new DataverseError(
      404,
      '0x80040217',
      `No FileAttachment records found for imagedescriptorId: ${imageId} for image attribute: ${column} of ${table} record with id ${id}.`,
    ),
  fileNotInBody: (column: string) =>
    errors.invalidArgument(
      `The file column '${column}' cannot be set or cleared with the row: upload the file to the column itself.`,
    ),
  notFoundByKey: (table: string) =>
    new DataverseError(
      404,
      '0x80060891',
      `A record with the specified key values does not exist in ${table} entity`,
    ),
  keyNotDefined: (status: number, table: string) =>
    new DataverseError(
      status,
      '0x80060890',
      `The specified key attributes are not a defined key for the ${table} entity`,
    ),
  keyNotValid: (status: number, table: string) =>
    new DataverseError(
      status,
      '0x80060888',
      `The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.${table}'. Ensure that ` +
        'the names and number of key properties match the declared or alternate key properties for the ' +
        `resource 'Microsoft.Dynamics.CRM.${table}'.`,
    ),
  duplicateId: () => new DataverseError(412, '0x80040237', 'Cannot insert duplicate key.'),
  recordExists: () =>
    new DataverseError(412, '0x80040237', 'A record with matching key values already exists.'),
  duplicateKey: (status: number, key: string, columns: string) =>
    new DataverseError(
      status,
      '0x80060892',
      `Entity Key ${key} violated. A record with the same value for ${columns} already exists. A duplicate ` +
        'record cannot be created. Select one or more unique values and try again.',
    ),
  versionMismatch: () =>
    new DataverseError(
      412,
      '0x80060882',
      "The version of the existing record doesn't match the RowVersion property provided.",
    ),
  invalidArgument: (message: string) => new DataverseError(400, '0x80040203', message),
  query: (message: string) => new DataverseError(400, '0x80060888', message),
  payload: (entitySet: string, inner: string) =>
    new DataverseError(
      400,
      '0x80048d19',
      `Error identified in Payload provided by the user for Entity :'${entitySet}', ${PAYLOAD_HELP}  ---->  ` +
        `InnerException : ${inner}`,
    ),
  unknownProperty: (entitySet: string, table: string, name: string) =>
    errors.payload(
      entitySet,
      `Microsoft.Crm.CrmException: Invalid property '${name}' was found in entity ` +
        `'Microsoft.Dynamics.CRM.${table}'. ---> Microsoft.OData.ODataException: The property '${name}' does ` +
        `not exist on type 'Microsoft.Dynamics.CRM.${table}'. Make sure to only use property names that are ` +
        'defined by the type.',
    ),
  undeclaredBind: (entitySet: string, name: string) =>
    errors.payload(
      entitySet,
      `Microsoft.OData.ODataException: An undeclared property '${name}' which only has property annotations ` +
        'in the payload but no property value was found in the payload. In OData, only declared navigation ' +
        'properties and declared named streams can be represented as properties without values.',
    ),
  wrongType: (entitySet: string, literal: string, type: string) =>
    errors.payload(
      entitySet,
      `Microsoft.OData.ODataException: Cannot convert the literal '${literal}' to the expected type '${type}'.`,
    ),
  tooLong: (table: string, column: string, maxLength: number) =>
    new DataverseError(
      400,
      '0x80044331',
      `A validation error occurred.  The length of the '${column}' attribute of the '${table}' entity ` +
        `exceeded the maximum allowed length of '${maxLength}'.`,
    ),
  invalidCharacters: (column: string) =>
    new DataverseError(
      400,
      '0x80040278',
      `The field '${column}' contains one or more invalid characters.`,
    ),
  outOfRange: (table: string, column: string, value: string) =>
    new DataverseError(
      400,
      '0x80044330',
      `A validation error occurred. The value ${value} of '${column}' on record of type '${table}' is outside ` +
        'the valid range.',
    ),
  notAnOption: (table: string, column: string, value: number, accepted: readonly number[]) =>
    new DataverseError(
      400,
      '0x8004431a',
      `The picklist value is out of the range. The value ${value} of '${column}' on record of type '${table}' ` +
        `is outside the valid range. Accepted Values: ${accepted.join(',')}`,
    ),
  stateStatus: (table: string, status: number, state: number) =>
    new DataverseError(
      400,
      '0x80048408',
      `State code is invalid or ${status} is not a valid status code for state code ${state} on ${table}.`,
    ),
  stateByMessage: (table: string, state: number, message: string) =>
    errors.invalidArgument(
      `This message can not be used to set the state of ${table} to ${state}. In order to set state of ${table} ` +
        `to ${state}, use the ${message} message instead.`,
    ),
  inUse: (table: string) =>
    new DataverseError(
      405,
      '0x80040227',
      `The object you tried to delete is associated with another object and cannot be deleted: ${table}.`,
    ),
  methodNotAllowed: (message: string) => new DataverseError(405, '0x80060888', message),
  noSegment: (segment: string) =>
    new DataverseError(404, '0x8006088a', `Resource not found for the segment '${segment}'.`),
  contentId: (reference: string) =>
    new DataverseError(
      400,
      '0x80060888',
      `Content-ID Reference: '${reference}' does not exist in the batch context.`,
    ),
  notTracked: (status: number, table: string) =>
    new DataverseError(status, '0x80072491', `Entity ${table} isn't enabled for change tracking.`),
  duplicateRecord: () =>
    new DataverseError(
      412,
      '0x80040333',
      'A record was not created or updated because a duplicate of the current record already exists.',
    ),
  missingPrivilege: (user: string, privilege: string) =>
    new DataverseError(
      403,
      '0x80040220',
      `Principal user (Id=${user}, type=8) is missing ${privilege} privilege`,
    ),
  mediaType: (type: string) =>
    new DataverseError(
      415,
      '',
      `The content type '${type}' is not supported: send a body as 'application/json; charset=utf-8'.`,
    ),
  notImplemented: (what: string) =>
    new DataverseError(501, '0x80060888', `${what} has not yet been implemented.`),
} as const;
