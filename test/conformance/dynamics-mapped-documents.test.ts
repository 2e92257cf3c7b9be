import { compileMapping } from '../../core/mapping';
import { DOCUMENTS, findDocument, findPreset } from '../../core/presets';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, type RunNode, runNode } from '../engine';
import { dataverseCredential } from './dataverse-on-sandbox';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

async function run(parameters: RunNode['parameters'], input: object[]): Promise<NodeRun> {
  return await runNode({
    nodeType: new Dynamics365(),
    parameters,
    input,
    credentialTypes: [new DynamicsDataverseApi()],
    credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
  });
}

test.each(['quote', 'invoice'])(
  'a common order that is mapped to a %s is written with its lines, and comes to its total',
  async (table) => {
    const preset = findPreset('commerce.order', `dataverse.${table}`);
    const sample = findDocument('commerce.order')?.sample;
    const mapped = preset && compileMapping(preset, { documents: DOCUMENTS }).map(sample);
    if (!mapped?.ok) throw mapped?.error ?? new Error(`There is no mapping to a ${table}`);
    for (const buyer of ['account', 'contact']) {
      const from = { columnsSource: 'field', columnsField: buyer };
      await run({ resource: buyer, operation: 'upsert', ...from }, [mapped.document]);
    }
    const options = { failOnTotalDifference: true, unknownProducts: 'write-in' };
    const write = { resource: table, operation: 'upsert', options };
    const written = await run(write, [mapped.document]);
    expect(written.error).toBeUndefined();
    expect(written.output()).toMatchObject([
      { outcome: 'created', name: 'X-Cart 1001', lines: 1, totalamount: 138.07 },
    ]);
    expect((await run(write, [mapped.document])).output()).toMatchObject([
      { outcome: 'unchanged' },
    ]);
  },
);
