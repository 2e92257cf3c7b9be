import { Problem } from './problems';

export type Format = 'json' | 'jsonld' | 'html';

const MIME: Readonly<Record<Format, string>> = {
  json: 'application/json',
  jsonld: 'application/ld+json',
  html: 'text/html',
};

const FORMATS = Object.keys(MIME) as Format[];

/** `"application/json", "application/ld+json", "text/html"`, as it stands in the 406 and 415 messages. */
export const SUPPORTED = FORMATS.map((format) => `"${MIME[format]}"`).join(', ');

export const contentType = (format: Format): string => `${MIME[format]}; charset=utf-8`;

interface Range {
  mime: string;
  quality: number;
}

function rangesOf(accept: string): Range[] {
  return accept.split(',').flatMap((part) => {
    const [mime = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const value = quality === undefined ? 1 : Number(quality);
    return mime === '' || !(value > 0) ? [] : [{ mime, quality: value }];
  });
}

function covers(range: string, mime: string): boolean {
  if (range === '*/*' || range === '*' || range === mime) return true;
  return range.endsWith('/*') && mime.startsWith(range.slice(0, -1));
}

function qualityOf(ranges: Range[], format: Format): number {
  const fitting = ranges.filter(({ mime }) => covers(mime, MIME[format]));
  return Math.max(0, ...fitting.map(({ quality }) => quality));
}

/** The format of the answer: the suffix of the path decides, then the best `Accept`, then JSON. */
export function negotiate(suffix: Format | undefined, accept: string | undefined): Format {
  if (suffix !== undefined) return suffix;
  if (accept === undefined || accept.trim() === '') return 'json';
  const ranges = rangesOf(accept);
  const best = FORMATS.map((format) => ({ format, quality: qualityOf(ranges, format) }))
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality)[0];
  if (best !== undefined) return best.format;
  const text = `Requested format "${accept}" is not supported. Supported MIME types are ${SUPPORTED}.`;
  throw new Problem(406, text);
}

const SUFFIX = /^([^?]*)\.(json|jsonld|html)(\?.*)?$/;

/** The format suffix of a path, such as `/api/orders.json`. */
export function suffixOf(url: string): Format | undefined {
  return SUFFIX.exec(url)?.[2] as Format | undefined;
}

/** The same address without its format suffix. */
export function withoutSuffix(url: string): string {
  return url.replace(SUFFIX, (_all, path: string, _format, query: string | undefined) => {
    return `${path}${query ?? ''}`;
  });
}
