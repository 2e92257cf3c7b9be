/** API profiles of Clarity as people get them wrong, and what they are told: the line, the name, and what to write. */
export interface WrongProfile {
  title: string;
  /** What stands in *Own API Profile*. */
  text: string;
  /** What is said behind "The API profile cannot be used. ". */
  says: string;
}

const wrong = (title: string, text: string, says: string): WrongProfile => ({ title, text, says });

const inOrders = (text: string): string =>
  `{\n  "extends": "brief",\n  "resources": {\n    "orders": {\n      ${text}\n    }\n  }\n}`;

const atTop = (text: string): string => `{\n  "extends": "brief",\n  ${text}\n}`;

const OTHER_TEXTS = [
  wrong(
    'YAML',
    'extends: brief\nbasePath: /api\n',
    'Line 1: this is YAML; a profile is JSON, such as { "extends": "brief" }',
  ),
  wrong(
    'an address',
    'https://shop.example/profile.json',
    'Line 1: this is where a profile may be found; paste its text here',
  ),
  wrong(
    'a file',
    './clarity-profile.json',
    'Line 1: this is where a profile may be found; paste its text here',
  ),
  wrong(
    'a block of code',
    '```json\n{ "extends": "brief" }\n```',
    'Line 1: these are the marks of a block of code: leave out this line, and the one with ``` at the end',
  ),
  wrong(
    'a page',
    '<!DOCTYPE html>\n<html></html>',
    'Line 1: this is HTML or XML; a profile is JSON, such as { "extends": "brief" }',
  ),
  wrong(
    'a word',
    'cef',
    'Line 1: this is no JSON: write { "extends": "brief" }, or choose a profile that comes with the pack',
  ),
  wrong(
    'a list',
    '\n[{ "extends": "brief" }]',
    'Line 2: this is a list; a profile is an object, such as { "extends": "brief" }',
  ),
  wrong(
    'a profile in quotes',
    '"{ \\"extends\\": \\"brief\\" }"',
    'Line 1: this is a text; a profile is an object, such as { "extends": "brief" }',
  ),
];

const SYNTAX = [
  wrong(
    'a comma too few',
    '\n\n{\n  "extends": "brief"\n  "basePath": "/api"\n}',
    'Line 5: a comma or } should stand here, but there is "basePath"',
  ),
  wrong(
    'a comma too many',
    '{\n  "extends": "brief",\n}',
    'Line 3: before } stands a comma: leave it out behind the last entry',
  ),
  wrong(
    'a comma too many in a list',
    atTop('"errors": {\n    "duplicate": [\n      409,\n    ]\n  }'),
    'Line 6: before ] stands a comma: leave it out behind the last entry',
  ),
  wrong(
    'a name without quotes',
    '{\n  extends: "brief"\n}',
    'Line 2: a name in double quotes should stand here, but there is extends: write "extends"',
  ),
  wrong(
    'the quotes of a word processor',
    '{\n  “extends”: “brief”\n}',
    'Line 2: a name in double quotes should stand here, but there is “extends”: texts stand in straight double quotes, as on the keyboard',
  ),
  wrong(
    'one name twice',
    inOrders('"list": { "path": "/a" },\n      "list": { "path": "/b" }'),
    'Line 6: "list" is given twice',
  ),
];

const NAMES = [
  wrong(
    'a name that is nearly one',
    inOrders('"lists": null'),
    'Line 5: resources.orders knows no "lists". Did you mean "list"?',
  ),
  wrong(
    'a name with a capital',
    atTop('"resources": {\n    "Orders": null\n  }'),
    'Line 4: resources knows no "Orders". Did you mean "orders"?',
  ),
  wrong(
    'a name of another product',
    atTop('"auth": {}'),
    'Line 3: a profile knows no "auth". Did you mean "authentication"?',
  ),
  wrong(
    'a name that stands in the credential',
    atTop('"baseUrl": "https://shop.example/api"'),
    'Line 3: a profile knows no "baseUrl". Write the address as API URL in the credential, and what follows it as "basePath".',
  ),
  wrong(
    'a version',
    atTop('"version": 2'),
    'Line 3: a profile knows no "version". A profile has no version of its own: leave it out.',
  ),
  wrong(
    'the version of what it extends',
    '{\n  "extends": "cef-v2"\n}',
    'Line 2: extends has to be one of brief, cef.',
  ),
  wrong(
    'a way to sign in that there is not',
    atTop('"authentication": {\n    "bearer": {}\n  }'),
    'Line 4: authentication knows no "bearer". For a token that stays the same write "apiKey": { "header": "Authorization" }, and enter "Bearer …" as API Key.',
  ),
  wrong(
    'a way to sign in that the credential chooses',
    atTop('"authentication": "oauth2"'),
    'Line 3: authentication is a text; it has to be an object with apiKey, oauth2, session',
  ),
  wrong(
    'a filter for a field that is nearly one',
    atTop('"resources": { "payments": { "list": {\n    "where": { "order": "SalesOrderID" } } } }'),
    'Line 4: resources.payments.list.where.order is no field of payments. Did you mean "orderId"?',
  ),
  wrong(
    'a filter for a field that there is not',
    atTop('"resources": { "coupons": { "list": {\n    "where": { "zzzzzzzz": "q" } } } }'),
    'Line 4: resources.coupons.list.where.zzzzzzzz is no field of coupons. Take one of externalId, orderId, couponId, createdDate, code, name, type, value, active, startDate, endDate, or name it under resources.coupons.fields.',
  ),
  wrong(
    'an event by the name of the service',
    atTop('"webhooks": { "events": {\n    "order.updated": "order.saved" } }'),
    'Line 4: webhooks.events.order.updated is no event that the pack knows: write order.created or order.changed on the left, and the name of the service on the right',
  ),
  wrong(
    'an event of no kind',
    atTop('"webhooks": { "events": {\n    "orders.created": "x" } }'),
    'Line 4: webhooks.events.orders.created is of no kind of record. Did you mean "order"?',
  ),
];

const VALUES = [
  wrong(
    'a number in quotes',
    atTop('"paging": { "most": "100" }'),
    'Line 3: paging.most is a text; it has to be a number: 100 without quotes',
  ),
  wrong(
    'a number out of two',
    atTop('"paging": { "first": 2 }'),
    'Line 3: paging.first is 2; it has to be 0 or 1',
  ),
  wrong(
    'one value for a list',
    atTop('"errors": { "duplicate": 409 }'),
    'Line 3: errors.duplicate is a number; it has to be a list: [409]',
  ),
  wrong(
    'a method in small letters',
    inOrders('"update": { "method": "patch" }'),
    'Line 5: resources.orders.update.method is "patch"; it has to be one of POST, PUT, PATCH. Did you mean "PATCH"?',
  ),
  wrong(
    'a path for a request',
    inOrders('"list": "/orders"'),
    'Line 5: resources.orders.list is a text; it has to be an object with method, path, query, modifiedSince, where, rows, total',
  ),
  wrong(
    'a list for parts with names',
    atTop('"resources": [{ "name": "orders" }]'),
    'Line 3: resources is a list; it has to be an object with orders, products, customers, inventory, payments, shipments, returns, coupons, addresses, invoices',
  ),
  wrong(
    'a field that is a number',
    inOrders('"fields": { "status": 5 }'),
    'Line 5: resources.orders.fields.status is 5; it has to be a text, null or an object with at, list, fields',
  ),
  wrong(
    'a list of paths',
    inOrders('"fields": { "email": ["mail", "customer.mail"] }'),
    'Line 5: resources.orders.fields.email is a list; paths of which the first counts that has a value are one text: "mail ?? customer.mail"',
  ),
  wrong('nothing', inOrders('"id": ""'), 'Line 5: resources.orders.id is empty'),
  wrong(
    'a path in another language',
    inOrders('"fields": { "email": "$.customer.mail" }'),
    'Line 5: resources.orders.fields.email begins with $: write the names alone, such as customer.email',
  ),
  wrong(
    'a path into all of a list',
    inOrders('"fields": { "lineItems": { "at": "rows[*]" } }'),
    'Line 5: resources.orders.fields.lineItems.at leads into every entry of a list: write { "at": …, "fields": { … } } for a list, or the place of one entry, such as [0]',
  ),
  wrong(
    'the or of a programming language',
    inOrders('"fields": { "email": "mail || email" }'),
    'Line 5: resources.orders.fields.email has || in it: write ?? between paths of which the first counts that has a value',
  ),
  wrong(
    'half of an or',
    inOrders('"fields": { "email": "mail ??" }'),
    'Line 5: resources.orders.fields.email has nothing on one side of ??: write a path there, or leave ?? out',
  ),
  wrong(
    'a header with blanks',
    atTop('"authentication": { "apiKey": { "header": "X Api Key" } }'),
    'Line 3: authentication.apiKey.header is no name of a header: write it without blanks and colon',
  ),
];

const PARTS = [
  wrong(
    'without the one that it extends',
    '{\n  "name": "shop",\n  "basePath": "/api"\n}',
    'Line 1: the profile extends none, so that it has to say all by itself, and has no authentication, paging, envelope, errors, resources. Write "extends": "brief" or "cef", and only what differs from that one',
  ),
  wrong(
    'that says nothing',
    '{}',
    'Line 1: the profile extends none, so that it has to say all by itself, and has no name, basePath, authentication, paging, envelope, errors, resources. Write "extends": "brief" or "cef", and only what differs from that one',
  ),
  wrong(
    'without a part that the one it extends has not',
    '{\n  "extends": "cef",\n  "resources": {\n    "orders": {\n      "upsert": { "path": "/orders/key/{externalId}" }\n    }\n  }\n}',
    'Line 5: resources.orders.upsert.method is missing; it has to be one of POST, PUT, PATCH',
  ),
  wrong(
    'that takes away what is needed',
    atTop('"paging": null'),
    'Line 3: paging is null, but cannot be missing: write an object with page, size, counts, first, most, or leave the line out to have what the profile has that this one extends',
  ),
];

const PATHS = [
  wrong(
    'a path without placeholder',
    inOrders('"remove": { "path": "/salesorders" }'),
    'Line 5: resources.orders.remove.path has no {id}: write it where the record is named, such as /salesorders/{id}',
  ),
  wrong(
    'a placeholder that there is not',
    inOrders('"get": { "path": "/orders/{orderId}" }'),
    'Line 5: resources.orders.get.path has {orderId}, which is no placeholder: write {id}',
  ),
  wrong(
    'a placeholder of another language',
    inOrders('"get": { "path": "/orders/:id" }'),
    'Line 5: resources.orders.get.path has :id, which is no placeholder: write {id}',
  ),
  wrong(
    'the placeholder of another operation',
    inOrders('"upsert": { "path": "/orders/{id}" }'),
    'Line 5: resources.orders.upsert.path has {id}, which is no placeholder: write {externalId}',
  ),
  wrong(
    'a placeholder where nothing takes a place',
    inOrders('"list": { "path": "/orders/{id}" }'),
    'Line 5: resources.orders.list.path has {id}, but nothing takes a place in this path: leave it out',
  ),
  wrong(
    'a whole address for a path',
    inOrders('"get": { "path": "https://shop.example/orders/{id}" }'),
    'Line 5: resources.orders.get.path is a whole address: write the path alone, /orders/{id}, and the address as API URL in the credential',
  ),
  wrong(
    'a whole address for the path of a token',
    atTop('"authentication": { "oauth2": { "tokenPath": "https://login.example/token" } }'),
    'Line 3: authentication.oauth2.tokenPath is a whole address: write the path alone, /token, and the address as Token URL in the credential',
  ),
  wrong(
    'a path that begins with no slash',
    atTop('"basePath": "api"'),
    'Line 3: basePath has to begin with a slash',
  ),
  wrong(
    'a webhook that would be taken away with all others',
    atTop('"webhooks": { "remove": { "path": "/webhooks" } }'),
    'Line 3: webhooks.remove.path has no {id}: write it where the record is named, such as /webhooks/{id}',
  ),
];

const TWO_FOR_ONE = [
  wrong(
    'page and size',
    atTop('"paging": {\n    "page": "n",\n    "size": "n"\n  }'),
    'Line 5: paging.size is the parameter "n", as paging.page is: one request cannot have it with two values, so correct one of them',
  ),
  wrong(
    'a filter and the page',
    inOrders('"list": { "modifiedSince": "page" }'),
    'Line 5: resources.orders.list.modifiedSince is the parameter "page", as paging.page is: one request cannot have it with two values, so correct one of them',
  ),
  wrong(
    'a fixed parameter and a filter',
    inOrders(
      '"list": {\n        "query": { "q": "open" },\n        "where": { "externalId": "q" }\n      }',
    ),
    'Line 7: resources.orders.list.where.externalId is the parameter "q", as resources.orders.list.query.q is: one request cannot have it with two values, so correct one of them',
  ),
  wrong(
    'signature and time',
    atTop('"webhooks": {\n    "time": { "header": "x-clarity-signature" }\n  }'),
    'Line 4: webhooks.time.header is "x-clarity-signature", as webhooks.signature.header is: a header has the signature or the time, so correct one of them',
  ),
];

export const WRONG_PROFILES: Readonly<Record<string, readonly WrongProfile[]>> = {
  'a text that is no profile': OTHER_TEXTS,
  'JSON that is none': SYNTAX,
  'names that there are not': NAMES,
  'a value that cannot stand there': VALUES,
  'parts that are missing': PARTS,
  'paths that lead elsewhere': PATHS,
  'two names for one thing': TWO_FOR_ONE,
};
