/** What the linter reads of a credential type where it is written out, and cannot where a shared part says it. */
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { ICredentialType, INodeProperties } from 'n8n-workflow';

const folder = resolve(__dirname, '..');
const names = globSync('*.credentials.ts', { cwd: folder }).map((file) => file.split('.')[0] ?? '');

const typeOf = (name: string): ICredentialType => {
  const { [name]: Type } = jest.requireActual<Record<string, new () => ICredentialType>>(
    join(folder, `${name}.credentials`),
  );
  if (!Type)
    throw new Error(`${name}.credentials.ts has no class of its name, by which n8n loads it`);
  return new Type();
};

/** As their names say, but for what names only where a secret goes or comes from. */
const isSecret = ({ name, type }: INodeProperties): boolean =>
  type === 'string' && /(secret|password|token|key)$/i.test(name);

it('finds every type', () => {
  expect(names.length).toBeGreaterThan(5);
});

describe.each(names)('%s', (name) => {
  const type = typeOf(name);

  it('has an icon for each theme, from where n8n looks for it', () => {
    const { light, dark } = type.icon as { light: string; dark: string };
    const files = [light, dark].map((icon) => join(folder, icon.replace(/^file:/, '')));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(light).not.toBe(dark);
  });

  it('shows no secret', () => {
    const secrets = type.properties.filter(isSecret);
    // 3dcart's sign-in by OAuth 2.0 has n8n's own fields for them.
    expect(secrets.length > 0 || type.extends?.includes('oAuth2Api')).toBe(true);
    expect(secrets.filter(({ typeOptions }) => typeOptions?.password !== true)).toEqual([]);
  });

  it('says nothing twice', () => {
    const shown = type.properties.map(({ name: field, displayOptions }) =>
      JSON.stringify([field, displayOptions]),
    );
    expect(new Set(shown).size).toBe(shown.length);
  });
});
