/**
 * What `@api-platform/api-doc-parser` reads of a store: the parser that API Platform's own admin uses, as it is published.
 * Apart from Jest, because it is an ES module. `node xcart-docs.mjs <store> <key>` prints JSON.
 */
import { parseHydraDocumentation, parseOpenApi3Documentation } from '@api-platform/api-doc-parser';

const [url, key] = process.argv.slice(2);
const headers = { 'X-Auth-Token': key };

const told = ({ title, resources }) => ({
  title,
  resources: Object.fromEntries(
    resources.map(({ name, url: address, fields, writableFields, operations }) => [
      name,
      {
        url: address,
        fields: Object.fromEntries(fields.map((field) => [field.name, field.type])),
        required: fields.filter(({ required }) => required).map((field) => field.name),
        writable: writableFields.map((field) => field.name),
        operations: [...new Set(operations.map(({ type }) => type))],
      },
    ]),
  ),
});

const { api } = await parseHydraDocumentation(`${url}/api`, { headers });
const parameters = {};
for (const resource of api.resources) {
  const known = await resource.getParameters();
  parameters[resource.name] = known.map(({ variable }) => variable);
}
const openApi = await parseOpenApi3Documentation(`${url}/api/docs.json`, { headers });
console.log(JSON.stringify({ hydra: told(api), parameters, openApi: told(openApi.api) }));
