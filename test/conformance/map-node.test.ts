import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { loadOptions } from '../../nodes/CommerceMap/methods';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { editorContext } from '../engine';
import { FROM } from '../support/mapPanel';
import { dataverseCredential } from './dataverse-on-sandbox';

describe('the lists of Commerce Map on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  function context(change: object = {}, to = FROM.to) {
    const rows = [
      { target: 'salesorder.statuscode', transform: 'lookup', lookupTable: { rows: [{}] } },
    ];
    return editorContext({
      nodeType: new CommerceMap(),
      parameters: { operation: 'map', ...FROM, to, fieldOverrides: { rows } },
      credentialTypes: [new DynamicsDataverseApi()],
      credentials: { dynamicsDataverseApi: { ...dataverseCredential(sandbox), ...change } },
    });
  }

  test('offer the columns that the environment has beside those that are known', async () => {
    const options = await loadOptions.getTargetFields.call(context());
    const values = options.map(({ value }) => value);
    expect(values).toEqual(
      expect.arrayContaining(['salesorder.name', 'salesorder.statuscode', 'contact.jobtitle']),
    );
    expect(new Set(values).size).toBe(values.length);
    // As the environment calls it, not by the words of its path.
    const code = options.find(({ value }) => value === 'salesorder.shipto_postalcode');
    expect(code?.name).toMatch(/^(?!Salesorder).*\(salesorder\.shipto_postalcode\)$/);
  });

  test('offer for a look-up what the column may hold', async () => {
    const options = await loadOptions.getTargetChoices.call(context());
    expect(options.length).toBeGreaterThan(2);
    expect(options[0]).toMatchObject({
      name: expect.stringMatching(/[A-Z]/) as string,
      value: expect.any(Number) as number,
    });
    expect(options.at(-1)?.name).toBe('Other (Type a Value)');
  });

  test('say where the environment cannot be asked, and offer what is known all the same', async () => {
    // Of another document: what has just been read is kept for a while.
    const broken = context({ clientSecret: 'wrong' }, 'dataverse.contact');
    const targets = await loadOptions.getTargetFields.call(broken);
    expect(targets.map(({ value }) => value)).toContain('contact.lastname');
    const choices = await loadOptions.getTargetChoices.call(broken);
    for (const options of [targets, choices]) {
      expect(options.at(-1)?.description).toMatch(/^Columns could not be read: \S/);
    }
  });
});
