/** Webhooks of Dataverse, registered, repaired and removed at the sandbox, and what they then tell. */
import { forgetMessageIds, SECRET_PLACES } from '../../core/dynamics/dataverse/webhooks';
import type { HttpResponse } from '../../core/http/types';
import type { HookIds } from '../../core/webhooks/hooks';
import { ACCOUNT, FOREIGN, type Hooked, SECRET, startHooked, STEPS } from './hooked';

let hooked: Hooked;

beforeAll(async () => {
  hooked = await startHooked();
});

beforeEach(() => hooked.reset());

afterAll(async () => await hooked.stop());

const rows = (set: string) => hooked.service.rows(set) ?? [];
const names = (ids: HookIds): string[] => Object.keys(ids).sort();
const ALL = STEPS.map(({ event }) => event).sort();
const WHOLE = [1, 3, 3];

describe('what is registered', () => {
  it('tells of each change once, with what the step asks for, as the Web API has it', async () => {
    expect(names(await hooked.publish())).toEqual(ALL);
    expect(hooked.counts()).toEqual(WHOLE);
    await hooked.change();
    const events = await hooked.events();
    expect(hooked.receiver.received).toHaveLength(3);
    expect(events).toMatchObject([
      { message: 'Create', table: 'account', id: ACCOUNT, columns: { name: 'Contoso' } },
      {
        message: 'Update',
        columns: { telephone1: '1' },
        before: { name: 'Contoso' },
        after: { name: 'Contoso', revenue: 12.5 },
        isCut: false,
      },
      { message: 'Delete', id: ACCOUNT, columns: {}, before: { name: 'Contoso' } },
    ]);
    expect(events[0]).not.toHaveProperty('columns.description');
  });

  it('is a row as the Web API gives it with annotations', async () => {
    const { client } = hooked;
    const parent = 'b0000000-0000-4000-8000-000000000003';
    await client.create('accounts', { accountid: parent, name: 'Parent' });
    await hooked.publish({ steps: STEPS.slice(0, 1) });
    await client.create('accounts', {
      ...{ accountid: ACCOUNT, name: 'Contoso', revenue: 12.5, customertypecode: 3 },
      'parentaccountid@odata.bind': `/accounts(${parent})`,
    });
    const [event] = await hooked.events();
    const fetched = await client.get('accounts', ACCOUNT, { annotations: true });
    const LOOKED_UP = '_parentaccountid_value@Microsoft.Dynamics.CRM.lookuplogicalname';
    expect(event?.columns).toMatchObject({
      ...{ name: 'Contoso', revenue: 12.5, customertypecode: 3 },
      ...{ _parentaccountid_value: parent, [LOOKED_UP]: 'account' },
    });
    for (const [name, value] of Object.entries(event?.columns ?? {})) {
      expect([name, fetched[name] ?? null]).toEqual([name, value]);
    }
  });

  it.each(SECRET_PLACES)('shows the secret by %s', async (place) => {
    await hooked.publish({ place });
    await hooked.change();
    expect(await hooked.events(SECRET, place)).toHaveLength(3);
    expect(await hooked.events('another', place)).toEqual([]);
  });

  it('becomes part of the solution that is named', async () => {
    const sent: Array<string | undefined> = [];
    const { client } = hooked;
    const create = client.create.bind(client);
    jest.spyOn(client, 'create').mockImplementation(async (set, row, options) => {
      sent.push(`${set} ${options?.headers?.['mscrm.solutionuniquename'] ?? ''}`);
      return await create(set, row, options);
    });
    await hooked.publish({ solution: ' Commerce ', steps: STEPS.slice(2) });
    jest.restoreAllMocks();
    expect(sent).toEqual([
      'serviceendpoints Commerce',
      'sdkmessageprocessingsteps Commerce',
      'sdkmessageprocessingstepimages Commerce',
    ]);
  });
});

describe('what stands', () => {
  it('costs three requests to check, and two once the ids of the messages are known', async () => {
    const known = await hooked.publish();
    forgetMessageIds();
    hooked.asked.length = 0;
    expect(await hooked.repair({ known })).toEqual(known);
    expect(hooked.asked).toEqual([
      'GET serviceendpoints',
      'GET sdkmessagefilters',
      'GET sdkmessageprocessingstepimages',
    ]);
    hooked.asked.length = 0;
    expect(await hooked.publish({ known })).toEqual(known);
    expect(hooked.asked).toHaveLength(2);
  });

  it('is taken over by its path where nobody knows its ids, with the secret that is wanted now', async () => {
    const before = await hooked.publish({ secret: 'forgotten' });
    expect(await hooked.publish()).toEqual(before);
    expect(hooked.counts()).toEqual(WHOLE);
    await hooked.change();
    expect(await hooked.events()).toHaveLength(3);
  });

  it('follows the host of n8n, in one request for all of its steps', async () => {
    const elsewhere = hooked.url().replace('127.0.0.1', 'localhost');
    const known = await hooked.publish({ url: elsewhere });
    hooked.asked.length = 0;
    expect(await hooked.publish({ known })).toEqual(known);
    expect(hooked.asked.filter((what) => !what.startsWith('GET'))).toEqual([
      'PATCH serviceendpoints',
    ]);
    expect(rows('serviceendpoints')).toMatchObject([{ url: hooked.url() }]);
  });

  const broken: Array<[string, (step: string) => Promise<unknown>]> = [
    [
      'was disabled',
      (id) =>
        hooked.client.setStatus('sdkmessageprocessingsteps', id, { statecode: 1, statuscode: 2 }),
    ],
    [
      'asks for other columns',
      (id) =>
        hooked.client.update('sdkmessageprocessingsteps', id, { filteringattributes: 'name' }),
    ],
    [
      'makes whoever writes wait',
      (id) => hooked.client.update('sdkmessageprocessingsteps', id, { mode: 0 }),
    ],
    [
      'has lost its images',
      async () => {
        for (const { sdkmessageprocessingstepimageid: id } of rows(
          'sdkmessageprocessingstepimages',
        )) {
          await hooked.client.delete('sdkmessageprocessingstepimages', String(id));
        }
      },
    ],
    [
      'has images of other columns',
      async () => {
        for (const { sdkmessageprocessingstepimageid: id } of rows(
          'sdkmessageprocessingstepimages',
        )) {
          await hooked.client.update('sdkmessageprocessingstepimages', String(id), {
            attributes: 'accountnumber',
          });
        }
      },
    ],
    [
      'has an endpoint without a secret',
      async () => {
        const [endpoint] = rows('serviceendpoints');
        await hooked.client.update('serviceendpoints', String(endpoint?.serviceendpointid), {
          authvalue: null,
        });
      },
    ],
  ];

  it.each(broken)('is repaired where a step %s', async (_what, damage) => {
    const known = await hooked.publish();
    await damage(known['order.changed'] ?? '');
    expect(await hooked.publish({ known })).toEqual(known);
    await hooked.change();
    expect(await hooked.events()).toMatchObject([
      {},
      { message: 'Update', before: { name: 'Contoso' }, after: { revenue: 12.5 } },
      { before: { name: 'Contoso' } },
    ]);
    expect(hooked.counts()).toEqual(WHOLE);
  });

  it('is made anew where somebody has deleted it', async () => {
    const known = await hooked.publish();
    await hooked.client.delete('sdkmessageprocessingsteps', known['order.changed'] ?? '');
    const again = await hooked.publish({ known });
    expect(again).toMatchObject({ 'order.created': known['order.created'] });
    expect(hooked.counts()).toEqual(WHOLE);
    await hooked.remove(again);
    expect(names(await hooked.publish({ known: again }))).toEqual(ALL);
    expect(hooked.counts()).toEqual(WHOLE);
  });

  it('loses what is not wanted any more, and what is wanted besides comes to the same endpoint', async () => {
    const known = await hooked.publish();
    const fewer = await hooked.publish({ known, steps: STEPS.slice(1) });
    expect(names(fewer)).toEqual(ALL.slice(0, 1).concat('order.deleted'));
    expect(hooked.counts()).toEqual([1, 2, 3]);
    await hooked.publish({ known: fewer });
    expect(hooked.counts()).toEqual(WHOLE);
    await hooked.change();
    expect(await hooked.events()).toHaveLength(3);
  });
});

describe('what is removed', () => {
  it('goes with its endpoint, known or not, and leaves those of others', async () => {
    const theirs = await hooked.foreign();
    const known = await hooked.publish();
    await hooked.remove(known);
    expect(hooked.counts()).toEqual([1, 1, 0]);
    await hooked.publish();
    await hooked.remove();
    expect(rows('serviceendpoints').map((row) => row.serviceendpointid)).toEqual([theirs.endpoint]);
    expect(rows('sdkmessageprocessingsteps').map((row) => row.sdkmessageprocessingstepid)).toEqual([
      theirs.step,
    ]);
    expect(rows('serviceendpoints')).toMatchObject([{ url: hooked.url(FOREIGN) }]);
  });

  it('goes where n8n does not say its address any more', async () => {
    const known = await hooked.publish();
    await hooked.remove(known, 'nowhere');
    expect(hooked.counts()).toEqual([0, 0, 0]);
  });

  it('may be gone already', async () => {
    const known = await hooked.publish();
    await hooked.remove(known);
    await hooked.remove(known);
    expect(hooked.counts()).toEqual([0, 0, 0]);
  });
});

describe('what cannot be registered', () => {
  it('says that a table tells nobody, before anything is made', async () => {
    const steps = [{ event: 'order.created', table: 'serviceendpoint', message: 'Create' }];
    await expect(hooked.publish({ steps })).rejects.toMatchObject({
      class: 'configuration',
      message: 'Dynamics 365 sends no webhook for Create of the table serviceendpoint',
      fix: expect.stringContaining('Change Tracking') as string,
    });
    expect(hooked.counts()).toEqual([0, 0, 0]);
  });

  const refusal = (message: string): HttpResponse => ({
    status: 403,
    headers: { 'content-type': 'application/json', 'odata-version': '4.0' },
    body: JSON.stringify({ error: { code: '0x80040220', message } }),
  });

  it.each([
    ['GET serviceendpoints', 'no', 'prvReadServiceEndpoint'],
    ['GET sdkmessagefilters', 'no', 'prvReadSdkMessage'],
    ['POST serviceendpoints', 'no', 'prvCreateServiceEndpoint'],
    ['POST sdkmessageprocessingsteps', 'no', 'prvCreateSdkMessageProcessingStep'],
    ['POST sdkmessageprocessingstepimages', 'no', 'prvCreateSdkMessageProcessingStepImage'],
    [
      'POST sdkmessageprocessingsteps',
      'Principal user (Id=1, type=8) is missing prvAppendToServiceEndpoint privilege (Id=2)',
      'prvAppendToServiceEndpoint',
    ],
  ])('names the right where %s is refused with "%s"', async (what, message, right) => {
    hooked.on.instead = (asked) => (asked === what ? refusal(message) : undefined);
    await expect(hooked.publish()).rejects.toMatchObject({
      class: 'permission',
      status: 403,
      message: `The application user may not register webhooks in Dynamics 365: it lacks the right ${right}`,
      fix: expect.stringContaining('Change Tracking') as string,
    });
    expect(hooked.counts()).toEqual([0, 0, 0]);
  });

  it.each([
    ['Id', 1],
    ['Target', 2],
    ['both', 1],
  ] as const)('an image of a new row is asked for by the name %s', async (name, requests) => {
    hooked.service.switches.createImageProperty = name;
    const steps = [
      { event: 'order.created', table: 'account', message: 'Create', after: ['name'] },
    ];
    await hooked.publish({ steps });
    const asked = hooked.asked.filter((what) => what === 'POST sdkmessageprocessingstepimages');
    expect(asked).toHaveLength(requests);
    expect(rows('sdkmessageprocessingstepimages')).toMatchObject([
      { messagepropertyname: name === 'both' ? 'Id' : name },
    ]);
    hooked.service.switches.createImageProperty = 'Id';
  });

  it('says why an image is refused under either name, and leaves no step without it', async () => {
    const error = { code: '0x80040203', message: 'There is no image here' };
    hooked.on.instead = (asked) =>
      asked === 'POST sdkmessageprocessingstepimages'
        ? { ...refusal(''), status: 400, body: JSON.stringify({ error }) }
        : undefined;
    const steps = [
      { event: 'order.created', table: 'account', message: 'Create', after: ['name'] },
    ];
    await expect(hooked.publish({ steps })).rejects.toThrow('There is no image here');
    expect(hooked.counts()).toEqual([0, 0, 0]);
  });
});
