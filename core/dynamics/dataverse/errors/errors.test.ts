import { dataverseError } from './errors';

const PAYLOAD =
  "Error identified in Payload provided by the user for Entity :'salesorders'  ---->  ";
const NONE = "does not exist on type 'Microsoft.Dynamics.CRM.salesorder'.";

const ruleOf = (message: string) =>
  dataverseError({
    status: 400,
    headers: {},
    body: JSON.stringify({ error: { code: '0x80048d19', message } }),
  }).rule;

test.each([
  `${PAYLOAD}InnerException : Microsoft.Crm.CrmException: Invalid property 'new_gone' was found in entity 'Microsoft.Dynamics.CRM.salesorder'. ---> Microsoft.OData.ODataException: The property 'new_gone' ${NONE}`,
  `The property 'new_gone' ${NONE}`,
  "Could not find a property named 'new_gone' on type 'Microsoft.Dynamics.CRM.salesorder'.",
])('a column that is not there is the fault of the row that fills it: %s', (message) => {
  expect(ruleOf(message)).toEqual({ target: 'salesorder.new_gone', isOwn: true });
});

test.each([
  `${PAYLOAD}InnerException : Cannot convert the literal 'x' to the expected type 'Edm.Decimal'.`,
  'The property was not right.',
])('a value that does not fit is not: %s', (message) => {
  expect(ruleOf(message)).toBeUndefined();
});
