import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../core/errors';

/** A file as an item carries it, in n8n's memory or wherever n8n keeps it. */
export interface InputFile {
  name: string;
  content: Buffer;
}

function binaryIn({ binary = {} }: INodeExecutionData, field: string): IBinaryData {
  const file = binary[field];
  if (file) return file;
  const known = Object.keys(binary);
  throw validationError(
    `The input item has no file in the field "${field}"`,
    known.length > 0
      ? `Its files are in: ${known.join(', ')}. Name one of these as Input Binary Field.`
      : 'Put a node before this one that reads a file, such as HTTP Request with the response format File.',
  );
}

const nameOf = ({ fileName, fileExtension }: IBinaryData): string =>
  fileName ?? `file.${fileExtension ?? 'bin'}`;

/** @param field of the item's binary data, such as `data` */
export async function readFile(
  { helpers }: IExecuteFunctions,
  item: INodeExecutionData,
  index: number,
  field: string,
): Promise<InputFile> {
  const file = binaryIn(item, field);
  return { name: nameOf(file), content: await helpers.getBinaryDataBuffer(index, field) };
}

/** A file that is read piece by piece, where n8n keeps it outside of its memory. */
export interface StreamedFile {
  name: string;
  /** MIME type. */
  type: string;
  /** Once. Opened when its first piece is asked for, and closed when no more are. */
  content: AsyncIterable<Uint8Array>;
}

/** The same without ever holding the whole of it, where n8n allows that. */
export function streamOf(
  { helpers }: IExecuteFunctions,
  item: INodeExecutionData,
  index: number,
  field: string,
): StreamedFile {
  const file = binaryIn(item, field);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    if (file.id) yield* (await helpers.getBinaryStream(file.id)) as AsyncIterable<Uint8Array>;
    else yield await helpers.getBinaryDataBuffer(index, field);
  }
  return { name: nameOf(file), type: file.mimeType, content: pieces() };
}
