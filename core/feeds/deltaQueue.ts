/** A record that was told of and is not put out yet. */
export interface Queued {
  id: string;
  version?: string;
  isGone: boolean;
  /** It was put out before, and is to be put out again. */
  isAgain: boolean;
}

const SEPARATOR = ';';
const MARKS = { gone: '!', again: '*' };

/** One text, because n8n watches each member of what it saves. */
export const packQueue = (queue: readonly Queued[]): string =>
  queue
    .map(({ id, version = '', isGone, isAgain }) =>
      [
        encodeURIComponent(id),
        encodeURIComponent(version),
        `${isGone ? MARKS.gone : ''}${isAgain ? MARKS.again : ''}`,
      ].join(' '),
    )
    .join(SEPARATOR);

export const unpackQueue = (text: string): Queued[] =>
  text.split(SEPARATOR).flatMap((line) => {
    const [id, version = '', marks = ''] = line.split(' ');
    if (!id) return [];
    return [
      {
        id: decodeURIComponent(id),
        ...(version !== '' && { version: decodeURIComponent(version) }),
        isGone: marks.includes(MARKS.gone),
        isAgain: marks.includes(MARKS.again),
      },
    ];
  });
