import { toServiceError } from '../../../errors';
import { BRIEF } from './brief';
import { CEF } from './cef';
import { readProfile } from './read';

const say = (text: string): string => {
  try {
    readProfile(text);
  } catch (error) {
    const { class: errorClass, message, fix } = toServiceError(error);
    expect({ errorClass, fix }).toEqual({
      errorClass: 'validation',
      fix: 'Correct API Profile in the credential.',
    });
    return message.replace('The API profile cannot be used. ', '');
  }
  throw new Error('The profile was taken');
};

const whole = (profile: object): string => JSON.stringify(profile, null, 2);

describe('a profile', () => {
  it.each([
    ['brief', BRIEF],
    ['cef', CEF],
  ])('%s is what its copy is', (_, profile) => {
    expect(readProfile(whole(profile))).toEqual(profile);
  });

  it('of nothing is the one of the brief', () => {
    expect(readProfile(' ')).toBe(BRIEF);
  });

  it('names only what differs from the one that it extends', () => {
    const own = readProfile(`{
      "extends": "cef",
      "resources": {
        "orders": {
          "list": { "path": "/Sales/Orders", "modifiedSince": "ChangedAfter" },
          "remove": null,
          "fields": { "status": "State.Label", "externalId": null }
        },
        "coupons": null
      },
      "errors": { "duplicate": [409, 412] },
      "success": null
    }`);
    expect(own.name).toBe('cef, edited');
    expect(own.resources.orders).toMatchObject({
      list: { method: 'GET', path: '/Sales/Orders', modifiedSince: 'ChangedAfter' },
      get: CEF.resources.orders?.get,
      remove: null,
      fields: { orderId: 'ID', status: 'State.Label', externalId: null },
    });
    expect(own.resources.coupons).toBeNull();
    expect(own.resources.products).toEqual(CEF.resources.products);
    expect(own.errors).toEqual({ reasonAt: CEF.errors.reasonAt, duplicate: [409, 412] });
    expect(own.success).toBeNull();
  });

  it('that extends another leaves that one as it is', () => {
    readProfile('{ "extends": "brief", "paging": { "most": 5 } }');
    expect(BRIEF.paging.most).toBe(100);
  });
});

describe('what is wrong', () => {
  it('is told by its line and its path', () => {
    const lines = whole(BRIEF).split('\n');
    const at = lines.findIndex((line) => line.includes('"path": "/orders"'));
    lines.splice(at, 1);
    const list = lines.findIndex((line) => line.includes('"list": {')) + 1;
    expect(say(lines.join('\n'))).toBe(
      `Line ${list}: resources.orders.list.path is missing; it has to be a text`,
    );
  });

  it.each<[string, string, string]>([
    [
      'an unknown name, with the nearest known one',
      '{\n  "extends": "brief",\n  "resources": {\n    "ordres": {}\n  }\n}',
      'Line 4: resources knows no "ordres". Did you mean "orders"?',
    ],
    [
      'one that is like none',
      '{ "extends": "brief",\n "paging": { "zzzzzzzz": 1 } }',
      'Line 2: paging knows no "zzzzzzzz". It knows page, size, counts, first, most.',
    ],
    [
      'a name at the top',
      '{ "extends": "cef",\n"webhook": null }',
      'Line 2: a profile knows no "webhook". Did you mean "webhooks"?',
    ],
    [
      'a value of another type',
      '{ "extends": "brief", "paging": {\n"most": "100" } }',
      'Line 2: paging.most is a text; it has to be a number: 100 without quotes',
    ],
    [
      'a value out of a list',
      '{ "extends": "brief", "paging": {\n\n"counts": "offset" } }',
      'Line 3: paging.counts is "offset"; it has to be one of pages, rows',
    ],
    [
      'a path without a slash',
      '{ "extends": "brief", "resources": { "orders": {\n"get": {"path": "orders/{id}"} } } }',
      'Line 2: resources.orders.get.path has to begin with a slash',
    ],
    [
      'a method that no list has',
      '{ "extends": "brief", "resources": { "orders": { "list":\n{"method": "POST"} } } }',
      'Line 2: resources.orders.list.method is "POST"; it has to be one of GET',
    ],
    [
      'a field that is neither a path nor a part',
      '{ "extends": "brief", "resources": { "orders": { "fields": {\n"lineItems": { "at": 5 } } } } }',
      'Line 2: resources.orders.fields.lineItems.at is a number; it has to be a text',
    ],
    [
      'the name of no profile',
      '{\n"extends": "breif" }',
      'Line 2: extends has to be one of brief, cef. Did you mean "brief"?',
    ],
    [
      'a signature of a time that no header has',
      '{ "extends": "brief", "webhooks": { "time": null,\n"signature": {\n"signs": "time.body" } } }',
      'Line 3: webhooks.signature.signs is "time.body", but there is no webhooks.time: name there the header that has the time, or write "body"',
    ],
    [
      'a time that nothing signs',
      '{ "extends": "brief", "webhooks": {\n"delivery": { "occurredAt": null } } }',
      'Line 2: webhooks.delivery has no occurredAt, and the signature covers the body alone: name where the body says when it happened, write "time.body" under webhooks.signature.signs if the service signs the time too, or set webhooks.time to null if nothing is to be checked of it',
    ],
  ])('%s', (_, text, message) => {
    expect(say(text)).toBe(message);
  });

  it('is told of all at once, in the order of the lines', () => {
    expect(
      say('{ "extends": "brief",\n "paging": {\n"size": 1,\n"sizes": 1 },\n"basePath": "api" }'),
    ).toBe(
      [
        'Line 3: paging.size is a number; it has to be a text',
        'Line 4: paging knows no "sizes". Did you mean "size"?',
        'Line 5: basePath has to begin with a slash',
      ].join('\n'),
    );
  });
});

describe('JSON that is none', () => {
  it.each<[string, string]>([
    [
      '{\n  "name": "x"\n  "basePath": ""\n}',
      'Line 3: a comma or } should stand here, but there is "basePath"',
    ],
    ['{\n  "name": "x"', 'Line 2: a comma or } should stand here, but the text ends'],
    [
      "{\n 'name': 1}",
      "Line 2: a name in double quotes should stand here, but there is 'name': texts stand in double quotes",
    ],
    [
      '{ // mine\n}',
      'Line 1: a name in double quotes should stand here, but there is //: JSON has no comments',
    ],
    [
      '{\n"name": "x\n"}',
      'Line 2: a value should stand here, but there is ": the text has no end on this line',
    ],
    ['{"name": x}', 'Line 1: a value should stand here, but there is x'],
    ['{"name" "x"}', 'Line 1: a colon should stand here, but there is "x"'],
    ['{"paging": {"most": [1 2]}}', 'Line 1: a comma or ] should stand here, but there is 2'],
    ['{"name": "x"} }', 'Line 1: the end should stand here, but there is }'],
    ['{\n"name": "x",\n"name": "y"}', 'Line 3: "name" is given twice'],
  ])('%j', (text, message) => {
    expect(say(text)).toBe(message);
  });

  it('never reaches the prototype of objects', () => {
    expect(say('{"extends":"brief","__proto__":{"a":1}}')).toContain('knows no "__proto__"');
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});
