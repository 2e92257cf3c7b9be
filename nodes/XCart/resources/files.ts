/** Files that X-Cart takes: it fetches them from an address, or gets them as base64 with a name. */
import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { ItemWithFiles } from '../../shared/steps';
import { shownWhere } from './places';
import { choice, text } from './words';

const from = choice('File From', 'fileFrom', [
  { name: 'Input Binary Field', value: 'binary', description: 'A file that the input item holds' },
  { name: 'URL', value: 'url', description: 'The store fetches it from there' },
]);

export const fileFields: INodeProperties[] = [
  from,
  shownWhere(
    text('Input Binary Field', 'binaryPropertyName', {
      default: 'data',
      required: true,
      hint: 'The name of the input field that holds the file',
    }),
    { fileFrom: ['binary'] },
  ),
  shownWhere(
    text('URL', 'url', { required: true, placeholder: 'e.g. https://shop.example/photo.png' }),
    { fileFrom: ['url'] },
  ),
];

/**
 * The keys of X-Cart's input class.
 *
 * @param urlKey X-Cart writes `externalUrl` for pictures and `external_url` for attachments
 */
export async function readFileFields(
  { read, index, file }: ItemWithFiles,
  urlKey: 'externalUrl' | 'external_url' = 'externalUrl',
): Promise<Record<string, string>> {
  if (read<string>('fileFrom', index, 'binary') === 'url') {
    const url = read<string>('url', index, '').trim();
    if (/^https?:\/\/\S+$/i.test(url)) return { [urlKey]: url };
    throw validationError(
      'URL is not a web address',
      'Write it with its protocol, such as https://shop.example/photo.png. The store must reach it.',
    );
  }
  const { name, content } = await file(read<string>('binaryPropertyName', index, 'data'));
  return { attachment: content.toString('base64'), filename: name };
}
