import type { Editor } from './editor';

/** What one page does from its beginning to its end. No two of them show the same workflow, or wait for each other. */
export interface Job {
  /** By which it is chosen, to try it alone. */
  title: string;
  run(editor: Editor): Promise<void>;
}

/** Each page takes the next job as soon as it is free. */
export async function inLanes(editors: Editor[], jobs: Job[]): Promise<void> {
  const waiting = [...jobs];
  await Promise.all(
    editors.map(async (editor) => {
      for (let job = waiting.shift(); job; job = waiting.shift()) await job.run(editor);
    }),
  );
}
