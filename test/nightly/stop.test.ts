import { expectNothingLeft } from '../support/npmStart';

jest.setTimeout(400_000);

/** How it is ended, what is being done then, and how much later the end comes. The rest is in test/e2e/stop.test.ts. */
const MOMENTS = [
  ['Ctrl-C', 'Building the pack', 300],
  ['Ctrl-C', 'Starting the sandbox and n8n', 300],
  ['Ctrl-C', 'n8n is running', 0],
  ['SIGTERM', 'Building the pack', 300],
  ['SIGTERM', 'Starting the sandbox and n8n', 300],
  ['SIGTERM', 'Starting the sandbox and n8n', 6_000],
  ['SIGKILL', 'Building the pack', 300],
  ['SIGKILL', 'Starting the sandbox and n8n', 6_000],
  ['SIGKILL', 'n8n is running', 0],
] as const;

it.each(MOMENTS)(
  'npm start, ended by %s at "%s" and %i ms, leaves nothing behind',
  expectNothingLeft,
);
