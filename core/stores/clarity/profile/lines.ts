/** One step on the way to a value: the name of a key, or the place in a list. */
export type Step = string | number;

/** JSON that is not: where, and what stands there in the way. */
export class JsonFault extends Error {
  constructor(
    /** From 1. */
    readonly line: number,
    problem: string,
  ) {
    super(problem);
  }
}

export interface LinedJson {
  value: unknown;
  /** The line, from 1, on which a value begins; of what is not there, that of what it would be in. */
  lineOf(path: readonly Step[]): number;
}

const TOKEN = /\s*(?:([{}[\]:,])|("(?:[^"\\\n]|\\.)*")|([^\s{}[\]:,"]+)|(\S))/y;

const keyOf = (path: readonly Step[]): string => path.map(String).join('\n');

const NAME = 'a name in double quotes';

/** What people write who are used to JavaScript. */
const HINTS: ReadonlyArray<[RegExp, string]> = [
  [/^\/[/*]/, ': JSON has no comments'],
  [/^'/, ': texts stand in double quotes'],
  [
    /^[\u201c\u201d\u201e\u2018\u2019]/,
    ': texts stand in straight double quotes, as on the keyboard',
  ],
  [/^"$/, ': the text has no end on this line'],
];

function hintFor(token: string, wanted: string): string {
  const hint = HINTS.find(([says]) => says.test(token))?.[1];
  if (hint) return hint;
  return wanted === NAME && /^\w+$/.test(token) ? `: write "${token}"` : '';
}

/** Reads what `JSON.parse` reads, and remembers the lines: what is wrong in a profile is shown where it stands. */
class Reader {
  readonly lines = new Map<string, number>();
  private at = 0;
  private line = 1;
  private token = '';

  constructor(private readonly text: string) {}

  read(): unknown {
    this.next();
    const value = this.value([]);
    if (this.token !== '') this.fail('the end');
    return value;
  }

  private next(): void {
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.text);
    const end = found ? TOKEN.lastIndex : this.text.length;
    this.token = found?.[0].trimStart() ?? '';
    this.line += this.text.slice(this.at, end).split('\n').length - 1;
    this.at = end;
  }

  private fail(wanted: string): never {
    const found = this.token === '' ? 'the text ends' : `there is ${this.token.slice(0, 30)}`;
    throw new JsonFault(
      this.line,
      `${wanted} should stand here, but ${found}${hintFor(this.token, wanted)}`,
    );
  }

  private tooManyCommas(): never {
    throw new JsonFault(
      this.line,
      `before ${this.token} stands a comma: leave it out behind the last entry`,
    );
  }

  private take(token: string): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }

  private value(path: readonly Step[]): unknown {
    this.lines.set(keyOf(path), this.line);
    if (this.token === '{') return this.object(path);
    if (this.token === '[') return this.list(path);
    return this.scalar();
  }

  private scalar(): unknown {
    let value: unknown;
    try {
      value = JSON.parse(this.token);
    } catch {
      this.fail('a value');
    }
    this.next();
    return value;
  }

  private object(path: readonly Step[]): object {
    this.next();
    const entries = new Map<string, unknown>();
    while (this.token !== '}') {
      if (entries.size > 0 && !this.take(',')) this.fail('a comma or }');
      if (entries.size > 0 && this.token === '}') this.tooManyCommas();
      if (!this.token.startsWith('"')) this.fail(NAME);
      const line = this.line;
      const name = String(this.scalar());
      if (entries.has(name)) throw new JsonFault(line, `"${name}" is given twice`);
      if (!this.take(':')) this.fail('a colon');
      entries.set(name, this.value([...path, name]));
      this.lines.set(keyOf([...path, name]), line);
    }
    this.next();
    return Object.fromEntries(entries);
  }

  private list(path: readonly Step[]): unknown[] {
    this.next();
    const entries: unknown[] = [];
    while (this.token !== ']') {
      if (entries.length > 0 && !this.take(',')) this.fail('a comma or ]');
      if (entries.length > 0 && this.token === ']') this.tooManyCommas();
      entries.push(this.value([...path, entries.length]));
    }
    this.next();
    return entries;
  }
}

/** @throws JsonFault at the first character that makes it no JSON */
export function readLined(text: string): LinedJson {
  const reader = new Reader(text);
  const value = reader.read();
  return {
    value,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const line = reader.lines.get(keyOf(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return reader.lines.get('') ?? 1;
    },
  };
}
