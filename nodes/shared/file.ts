import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../core/errors';

/** A file as an item carries it, in n8n's memory or wherever n8n keeps it. */
export interface InputFile {
  name: string;
  content: Buffer;
}

/** @param field of the item's binary data, such as `data` */
export async function readFile(
  { helpers }: IExecuteFunctions,
  { binary = {} }: INodeExecutionData,
  index: number,
  field: string,
): Promise<InputFile> {
  const file = binary[field];
  if (!file) {
    const known = Object.keys(binary);
    throw validationError(
      `The input item has no file in the field "${field}"`,
      known.length > 0
        ? `Its files are in: ${known.join(', ')}. Name one of these as Input Binary Field.`
        : 'Put a node before this one that reads a file, such as HTTP Request with the response format File.',
    );
  }
  const name = file.fileName ?? `file.${file.fileExtension ?? 'bin'}`;
  return { name, content: await helpers.getBinaryDataBuffer(index, field) };
}
