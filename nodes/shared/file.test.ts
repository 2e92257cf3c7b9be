import { Readable } from 'node:stream';

import type { IExecuteFunctions } from 'n8n-workflow';

import { streamOf } from './file';

test('a file is opened when it is read, and closed when its reader stops', async () => {
  const source = Readable.from([Buffer.from('a'), Buffer.from('b')]);
  const getBinaryStream = jest.fn(() => Promise.resolve(source));
  const context = { helpers: { getBinaryStream } } as unknown as IExecuteFunctions;
  const item = { json: {}, binary: { data: { id: 'x:1', data: '', mimeType: 'text/plain' } } };
  const { content } = streamOf(context, item, 0, 'data');
  expect(getBinaryStream).not.toHaveBeenCalled();
  for await (const piece of content) {
    expect(String(piece)).toBe('a');
    break;
  }
  expect(getBinaryStream).toHaveBeenCalledTimes(1);
  expect(source.destroyed).toBe(true);
});
