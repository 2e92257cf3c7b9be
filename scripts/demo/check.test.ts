import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const CHECK = join(__dirname, 'check.ts');

const check = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', CHECK, ...args], { encoding: 'utf8' });

test.each([
  ['a shop that does not exist', ['--store', 'xkart'], 'There is no shop "xkart". '],
  ['an option that does not exist', ['--stor=xcart'], "Unknown option '--stor'"],
])('%s is told in words, with what can be written, and without a stack', (_, args, problem) => {
  const { status, stderr } = check(...args);
  expect(status).toBe(2);
  expect(stderr.startsWith(problem)).toBe(true);
  expect(stderr).toContain('--store xcart | threedcart | clarity');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('what can be read is passed without a word', () => {
  const { status, stdout, stderr } = check('--store', 'clarity', '--exit');
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
