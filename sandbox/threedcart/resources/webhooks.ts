import { webhookTime } from '../api/dates';
import { ApiError } from '../api/errors';
import { contains, flag, is, since, until, type Filters } from '../api/filters';
import { collectionRoutes, listAnswer, type Collection } from '../api/collection';
import type { Call, Route } from '../api/routes';
import { readLike, write, type Row } from '../api/shape';
import { fresh, WEBHOOK, type Webhook } from '../model';

const LENGTHS = { Name: 80, Url: 1000 };

/** `MM/dd/yyyy HH:mm` as a time that can be compared. */
function comparable(text: string): string {
  const [date = '', time = ''] = text.split(' ');
  const [month, day, year] = date.split('/');
  return `${year}-${month}-${day}T${time}:00`;
}

const FILTERS: Filters<Webhook> = {
  name: contains(({ Name }) => Name),
  url: is(({ Url }) => Url),
  enabled: flag(({ Enabled }) => Enabled),
  format: is(({ Format }) => Format),
  datecreatedstart: since(({ DateCreated }) => comparable(DateCreated)),
  datecreatedend: until(({ DateCreated }) => comparable(DateCreated)),
  dateupdatedstart: since(({ DateUpdated }) => comparable(DateUpdated)),
  dateupdatedend: until(({ DateUpdated }) => comparable(DateUpdated)),
};

const FORMATS = ['JSON', 'XML'];

function checked<T extends Partial<Webhook>>(values: T): T {
  if (values.Url !== undefined && !/^https?:\/\/./i.test(values.Url)) {
    throw new ApiError(400, `The value '${values.Url}' is not valid for Url.`);
  }
  if (values.Format !== undefined && !FORMATS.includes(values.Format.toUpperCase())) {
    throw new ApiError(400, `The value '${values.Format}' is not valid for Format.`);
  }
  return values;
}

const present = ({ store, now }: Call): string => webhookTime(now, store.switches.timeZone);

function createWebhook(call: Call, given: Row): Webhook {
  const { store } = call;
  const values = checked(readLike(WEBHOOK, given, LENGTHS));
  for (const key of ['Name', 'Url', 'EventType'] as const) {
    if (!values[key]) throw new ApiError(400, `The field ${key} is required.`);
  }
  if (!store.events().some(({ EventType }) => EventType === values.EventType)) {
    throw new ApiError(400, `The value '${values.EventType}' is not valid for EventType.`);
  }
  const time = present(call);
  const id = store.nextId('webhook');
  const own = { Id: id, DateCreated: time, DateUpdated: time };
  const webhook = fresh(WEBHOOK, { ...values, ...own });
  store.webhooks.set(id, webhook);
  return webhook;
}

const MOST = 500;

const WEBHOOKS: Collection<Webhook> = {
  path: '/Webhooks',
  idKey: 'Id',
  element: 'Webhook',
  noun: 'webhook',
  most: MOST,
  rows: ({ store }) => [...store.webhooks.values()],
  idOf: ({ Id }) => Id,
  filters: FILTERS,
  create: createWebhook,
  // The event of a webhook cannot be changed: another one takes another webhook.
  update: (call, webhook, given) => {
    const { Name, Url, Enabled, Format } = checked(readLike(WEBHOOK, given, LENGTHS));
    const values = Object.entries({ Name, Url, Enabled, Format });
    const sent = Object.fromEntries(values.filter(([, value]) => value !== undefined));
    write(webhook, { ...sent, DateUpdated: present(call) });
  },
  remove: ({ store }, { Id }) => void store.webhooks.delete(Id),
};

const events: Route = {
  method: 'GET',
  path: '/Webhooks/Events',
  operation: 'list events',
  handle: (call) => {
    const name = call.query.text('name')?.toLowerCase() ?? '';
    const found = call.store
      .events()
      .filter(({ EventName }) => EventName.toLowerCase().includes(name));
    return listAnswer(call, found, { most: MOST, element: 'WebhookEvent' });
  },
};

export const webhookRoutes: readonly Route[] = [...collectionRoutes(WEBHOOKS), events];
