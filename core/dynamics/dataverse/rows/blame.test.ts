import { ServiceError } from '../../../errors';
import { blameColumn } from './blame';

const ID = '11111111-2222-4333-8444-555555555555';
const row = {
  name: 'Contoso',
  revenue: 'a lot',
  'primarycontactid@odata.bind': `/contacts(${ID.toUpperCase()})`,
};

const refused = (message: string) =>
  new ServiceError(message, { class: 'validation', code: '0x80048d19', status: 400 });

const literal = (value: string) =>
  refused(`Cannot convert the literal '${value}' to the expected type 'Edm.Decimal'.`);

describe('blameColumn', () => {
  test.each([
    ['a value that is quoted', literal('a lot'), /'Edm\.Decimal' \(in revenue\)\.$/],
    [
      'a lookup to a row that is not there',
      refused(`contact With Id = ${ID} Does Not Exist`),
      /Does Not Exist \(in primarycontactid\)\.$/,
    ],
  ])('names the column of %s, and keeps code and class', (_what, error, says) => {
    const blamed = blameColumn(error, row);
    expect(blamed.message).toMatch(says);
    expect(blamed.toDetails()).toMatchObject({
      class: 'validation',
      code: '0x80048d19',
      status: 400,
    });
    expect(blamed.fix).toMatch(/^Correct what \w+ holds\.$/);
  });

  test.each([
    ['no column has the value', literal('else')],
    [
      'the row itself is not there',
      refused(`account With Id = ${ID.replace('1', '9')} Does Not Exist`),
    ],
    ['the message quotes nothing', refused("The length of the 'name' attribute is too long.")],
  ])('leaves an error as it is where %s', (_what, error) => {
    expect(blameColumn(error, row)).toBe(error);
  });
});
