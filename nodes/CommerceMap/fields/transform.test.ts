import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { TRANSFORMS } from '../../../core/mapping';
import { order, other, run } from '../../../test/support/mapPanel';
import { fieldOverrides } from '.';
import { optionParameter } from './transform';

const [rows] = (fieldOverrides.options ?? []) as INodePropertyCollection[];
const values = rows?.values ?? [];
const fieldNamed = (name: string): INodeProperties[] => values.filter((one) => one.name === name);

const OPTIONS = TRANSFORMS.flatMap(({ name, options }) =>
  options.map((option) => [name, option.name, option] as const),
);

test.each(OPTIONS)('%s: %s has a field of its own', (transform, name, option) => {
  const fields = fieldNamed(optionParameter(transform, name));
  expect(fields).toHaveLength(1);
  const [field] = fields;
  expect(field).toMatchObject({
    displayName: option.displayName,
    description: option.description,
    displayOptions: { show: { transform: [transform] } },
    // Whatever is shown of a row beside what a person adds to it.
    typeOptions: { showEvenWhenOptional: true },
  });
  const types = {
    string: 'string',
    number: 'number',
    boolean: 'boolean',
    table: 'fixedCollection',
  };
  expect(field?.type).toBe(option.choices ? 'options' : types[option.type]);
  if (option.choices) {
    const listed = (field?.options ?? []).map((one) => ('value' in one ? one.value : ''));
    expect(listed).toEqual(expect.arrayContaining([...option.choices]));
  }
});

/** Those that ask for what nobody can know beforehand. */
const ASKING = TRANSFORMS.filter(({ options }) => options.some(({ required }) => required));

test.each(TRANSFORMS.filter((one) => !ASKING.includes(one)).map(({ name }) => name))(
  '%s runs with the fields as the editor fills them',
  async (transform) => {
    const row = { ...other('salesorder.new_x'), source: 'path', path: 'notes', transform };
    expect((await run(order(), [row])).error).toBeUndefined();
  },
);

test.each(ASKING.map(({ name, options }) => [name, options.find((one) => one.required)?.name]))(
  '%s asks for %s where that is empty',
  async (transform, option) => {
    const row = { ...other('salesorder.new_x'), source: 'path', path: 'email', transform };
    expect((await run(order(), [row])).error?.message).toContain(
      `option "${option}" of transform "${transform}" is missing`,
    );
  },
);
