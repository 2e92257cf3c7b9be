import type { Tell } from '../scope';

/** What there is room for; undefined: any number of lines, of any length. */
export interface Room {
  of?: number;
  length?: number;
}

/** Where a text that is too long for a line is parted: at a blank in its second half, else where it ends. */
function breakAt(text: string, length: number): number {
  const blank = text.lastIndexOf(' ', length);
  if (blank > length / 2) return blank;
  const high = text.charCodeAt(length - 1);
  return high >= 0xd800 && high <= 0xdbff ? length - 1 : length;
}

function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > length) {
    const at = breakAt(rest, length);
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

/** The lines of a text within the room; what is in no line any more is cut from the last. */
function linesOf(text: string, { of = Infinity, length = Infinity }: Room): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => (line.length > length ? wrapped(line, length) : line));
  if (lines.length <= of) return lines;
  return [...lines.slice(0, of - 1), lines.slice(of - 1).join(', ')];
}

/** Without limits, lines keep their places: the second is the second also where the first is empty. */
export function lineOf(text: string, index: number, room: Room, tell: Tell): string | undefined {
  if (room.of === undefined && room.length === undefined) return text.split(/\r?\n/)[index]?.trim();
  const line = linesOf(text, room)[index];
  const { length = Infinity } = room;
  if (line === undefined || line.length <= length) return line;
  tell(`cut from ${line.length} to ${length} characters`);
  return wrapped(line, length)[0];
}
