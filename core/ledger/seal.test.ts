import { createSeal } from './seal';

const salt = Buffer.from('0123456789abcdef');
const document = { order: '1042', note: 'Grüße' };

test('encrypts, under a key of its own for each passphrase', async () => {
  const seal = await createSeal(['first'], salt);
  const body = seal.close(document, 'f\u0000k');
  expect(Buffer.from(body).includes('1042')).toBe(false);
  expect(seal.open(body, 'f\u0000k')).toEqual(document);
  expect(Buffer.from(seal.close(document, 'f\u0000k'))).not.toEqual(Buffer.from(body));
});

test('does not open under another record, or when changed', async () => {
  const seal = await createSeal(['first'], salt);
  const body = seal.close(document, 'a');
  expect(() => seal.open(body, 'b')).toThrow('changed outside');
  const changed = Uint8Array.from(body);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(() => seal.open(changed, 'a')).toThrow('changed outside');
});

test('opens what a former key closed, and names the repair when there is none', async () => {
  const before = await createSeal(['first'], salt);
  const body = before.close(document, 'a');
  const after = await createSeal(['second', 'first'], salt);
  expect(after.open(body, 'a')).toEqual(document);
  const other = await createSeal(['second'], salt);
  expect(() => other.open(body, 'a')).toThrow('encrypted with a key that is not at hand');
  expect(() => other.open(body, 'a')).toThrow(
    expect.objectContaining({ class: 'authentication', fix: expect.stringContaining('Former') }),
  );
});

test('without a key payloads are plain, and stay readable when a key comes', async () => {
  const plain = await createSeal([], salt);
  const body = plain.close(document, 'a');
  expect(Buffer.from(body).toString('utf8', 1)).toBe(JSON.stringify(document));
  const keyed = await createSeal(['first'], salt);
  expect(keyed.open(body, 'a')).toEqual(document);
});

describe.each([
  ['with a key', ['first']],
  ['without a key', []],
])('made small %s', (_how, passphrases) => {
  test.each([
    ['a short document', { a: 1 }],
    [
      'a document that becomes smaller',
      { lines: Array.from({ length: 5_000 }, (_, n) => `line ${n}`) },
    ],
  ])('%s opens as it was', async (_what, content) => {
    const seal = await createSeal(passphrases, salt);
    const json = JSON.stringify(content);
    const body = seal.closeJson(json, 'a');
    expect(seal.open(body, 'a')).toEqual(content);
    if (json.length > 1_000) expect(body.byteLength).toBeLessThan(json.length / 2);
  });
});

test('digests tell documents, contexts and keys apart', async () => {
  const [plain, first, second] = await Promise.all(
    [[], ['first'], ['second']].map((passphrases) => createSeal(passphrases, salt)),
  );
  const digests = [
    plain?.digest('{}', 'a'),
    plain?.digest('{}', 'b'),
    plain?.digest('{"n":1}', 'a'),
    first?.digest('{}', 'a'),
    second?.digest('{}', 'a'),
  ].map((digest) => Buffer.from(digest ?? []).toString('hex'));
  expect(new Set(digests).size).toBe(5);
  expect(Buffer.from(first?.digest('{}', 'a') ?? []).toString('hex')).toBe(digests[3]);
});
