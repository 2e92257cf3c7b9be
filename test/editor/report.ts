import type { Editor } from './editor';

/** One line per check as it ends, and a last line that a script can read. */
export class Report {
  private passed = 0;
  private readonly failed: string[] = [];

  /**
   * A check fails when it throws, and when the editor has shown an error meanwhile.
   * @returns whether it has passed
   */
  async check(
    name: string,
    editor: Editor | undefined,
    work: () => Promise<void>,
  ): Promise<boolean> {
    const problems: string[] = [];
    try {
      await work();
    } catch (error) {
      problems.push(firstLines(error));
      await editor?.shot(`failed-${name}`).catch(() => {});
      await editor?.leavePanel().catch(() => {});
    }
    problems.push(...(editor?.takeProblems() ?? []));
    this.line(name, problems);
    return problems.length === 0;
  }

  private line(name: string, problems: string[]): void {
    if (problems.length === 0) {
      this.passed += 1;
      console.log(`✓ ${name}`);
      return;
    }
    const line = [`✗ ${name}`, ...problems.map((problem) => `    ${problem}`)].join('\n');
    this.failed.push(line);
    console.log(line);
  }

  /**
   * Says again what has failed, because of a long output only the end is kept.
   * @returns the exit code: 0 only if something was checked and nothing has failed
   */
  end(): number {
    for (const line of this.failed) console.log(line);
    console.log(`${this.passed} passed, ${this.failed.length} failed`);
    return this.passed > 0 && this.failed.length === 0 ? 0 : 1;
  }
}

/** Playwright adds what it did meanwhile; the first lines say what was missing. */
function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').slice(0, 3).join(' ');
}
