import { RIGHTS, WEBHOOK_RIGHTS } from '../../core/dynamics/dataverse/prepare/requirements';
import { pageText } from './markdown';

/** docs/credentials.md says which rights an app needs at least: the security role that is checked and made has the same. */

const TABLES: Readonly<Record<string, string>> = {
  Account: 'account',
  Contact: 'contact',
  Order: 'salesorder',
  Invoice: 'invoice',
  Quote: 'quote',
  Product: 'product',
  Unit: 'uom',
  'Price List': 'pricelevel',
  Currency: 'transactioncurrency',
  // Order Close has the rights of all activities.
  Activity: 'orderclose',
};

const COLUMNS = ['Create', 'Read', 'Write', 'Append', 'AppendTo'];

function rightsInDocs(): Array<{ table: string | undefined; rights: string[] }> {
  const section = pageText('credentials.md').split('### Least rights')[1] ?? '';
  const [table = ''] = /^\| table[\s\S]*?\n\n/m.exec(section) ?? [];
  const rows = table.split('\n').filter((line) => line.includes('●'));
  return rows.flatMap((line) => {
    const [names = '', ...marks] = line.split('|').slice(1, -1);
    const rights = COLUMNS.filter((_, index) => marks[index]?.includes('●'));
    return names
      .replace(/\(.*\)/, '')
      .split(',')
      .map((name) => ({ table: TABLES[name.trim()], rights }));
  });
}

it('is what the role has', () => {
  expect(rightsInDocs()).toHaveLength(RIGHTS.length);
  expect(rightsInDocs()).toEqual(RIGHTS);
});

it('names what the trigger needs to register webhooks', () => {
  const row =
    /^\| Dynamics 365 Trigger by webhook .*$/m.exec(pageText('credentials.md'))?.[0] ?? '';
  const named = {
    serviceendpoint: 'Service Endpoint',
    sdkmessageprocessingstep: 'SDK Message Processing Step',
    sdkmessageprocessingstepimage: 'Image',
    sdkmessagefilter: 'Filter',
    sdkmessage: 'SDK Message',
  };
  expect(WEBHOOK_RIGHTS.map(({ table }) => table)).toEqual(Object.keys(named));
  for (const name of Object.values(named)) expect(row).toContain(name);
});
