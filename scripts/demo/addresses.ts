import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { LOGIN } from '../n8n/instance';
import type { World } from '../n8n/world';

/** What a person enters in n8n's dialog: title of the type of credential, its fields, and their values. */
export interface Sheet {
  title: string;
  fields: Array<{ label: string; value: string }>;
}

type Data = Record<string, unknown>;

/** Choices are shown by their names. */
function shown({ options = [] }: INodeProperties, value: unknown): string {
  const chosen = options.find((option) => 'value' in option && option.value === value);
  return chosen?.name ?? String(value);
}

/** The fields of a credential that have to be filled, in the dialog's order; what is as the dialog has it is left out. */
export function sheetOf({ displayName, properties }: ICredentialType, data: Data): Sheet {
  const filled = properties.filter(({ name, default: usual }) => {
    const value = data[name];
    return value !== undefined && value !== '' && value !== usual;
  });
  return {
    title: displayName,
    fields: filled.map((property) => ({
      label: property.displayName,
      value: shown(property, data[property.name]),
    })),
  };
}

/** The sheets as text, one field a line. */
export function sheetText(sheets: Sheet[]): string {
  const width = Math.max(
    ...sheets.flatMap(({ fields }) => fields.map(({ label }) => label.length)),
  );
  return sheets
    .map(({ title, fields }) =>
      [title, ...fields.map(({ label, value }) => `  ${label.padEnd(width)}  ${value}`)].join('\n'),
    )
    .join('\n\n');
}

/** Where everything is, and what to enter to reach it by hand. All of it is made up and ends with the sandbox. */
export async function addresses({ api, n8n, sandbox }: World): Promise<string> {
  const types = await api.credentialTypes();
  const sheets = Object.entries(sandbox.credentials).flatMap(([name, { data }]) => {
    const type = types.find((each) => each.name === name);
    return type ? [sheetOf(type, data as Data)] : [];
  });
  return [
    'Credentials of the sandbox, as n8n asks for them (all made up):',
    '',
    sheetText(sheets),
    '',
    `Sandbox control: ${sandbox.control.url}`,
    `n8n is running: ${n8n.url}   login: ${LOGIN.email}   password: ${LOGIN.password}`,
    'Stop with Ctrl-C.',
  ].join('\n');
}
