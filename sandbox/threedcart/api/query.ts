/** The query of a request, whose names are not case-sensitive. What is empty counts as left out. */
export class Query {
  private readonly values: ReadonlyMap<string, string>;

  constructor(url: string) {
    const question = url.indexOf('?');
    const pairs = new URLSearchParams(question < 0 ? '' : url.slice(question + 1));
    this.values = new Map([...pairs].map(([name, value]) => [name.toLowerCase(), value.trim()]));
  }

  text(name: string): string | undefined {
    return this.values.get(name) || undefined;
  }

  /** A whole number; undefined where there is none. */
  whole(name: string): number | undefined {
    const text = this.text(name);
    return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
  }

  isOn(name: string): boolean {
    return ['1', 'true'].includes((this.text(name) ?? '').toLowerCase());
  }
}
