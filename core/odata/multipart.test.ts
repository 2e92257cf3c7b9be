import * as fc from 'fast-check';

import {
  boundaryFor,
  boundaryOf,
  multipartType,
  readHttpPart,
  readMultipart,
  writeMultipart,
} from './multipart';

const part = (body: string) => `Content-Type: application/http\r\n\r\n${body}`;

describe('multipart', () => {
  it('gives back what was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 6 }), (bodies) => {
        const parts = bodies.map(part);
        const boundary = boundaryFor('batch', parts, () => Math.random().toString(36).slice(2));
        const { parts: read, complete } = readMultipart(writeMultipart(boundary, parts), boundary);
        expect(complete).toBe(true);
        expect(read.map(({ body }) => body)).toEqual(bodies);
      }),
    );
  });

  it('takes another boundary where the first occurs in the content', () => {
    const tries = ['a', 'a', 'b'];
    expect(boundaryFor('batch', ['--batch_a--'], () => tries.shift() ?? 'c')).toBe('batch_b');
  });

  it.each([
    [multipartType('batch_1'), 'batch_1'],
    ['multipart/mixed; boundary=batchresponse_2', 'batchresponse_2'],
    ['Multipart/Mixed;charset=utf-8;BOUNDARY="a b\\"c"', 'a b"c'],
    ['application/json', undefined],
    [undefined, undefined],
  ])('finds the boundary in %p', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });

  it('reads bare line feeds, a preamble, and space after a delimiter', () => {
    const text = 'ignored\n--b  \nContent-ID: 1\n\none\n--b\n\ntwo\n--b--\nignored';
    expect(readMultipart(text, 'b')).toEqual({
      parts: [
        { headers: { 'content-id': '1' }, body: 'one' },
        { headers: {}, body: 'two' },
      ],
      complete: true,
    });
  });

  it('does not take a longer boundary for its own', () => {
    expect(readMultipart('--b\r\n\r\n--bc\r\nx\r\n--b--', 'b').parts[0]?.body).toBe('--bc\r\nx');
  });

  it('drops the last part of an answer that was cut off', () => {
    const text = writeMultipart('b', [part('one'), part('two')]).slice(0, -12);
    expect(readMultipart(text, 'b')).toMatchObject({ complete: false, parts: [{ body: 'one' }] });
  });

  it('reads the answer inside a part', () => {
    expect(readHttpPart('HTTP/1.1 204 No Content\r\nETag: W/"1"\r\n\r\n')).toEqual({
      status: 204,
      headers: { etag: 'W/"1"' },
      body: '',
    });
    expect(readHttpPart('HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"x":\r\n\r\n1}')?.body).toBe(
      '{"x":\r\n\r\n1}',
    );
    expect(readHttpPart('nothing')).toBeUndefined();
  });
});
