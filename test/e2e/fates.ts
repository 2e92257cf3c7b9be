import type { ShopOrder } from '../../sandbox/kit/shop';
import type { ShopName } from '../../scripts/n8n/sandbox-control';
import type { RunningSandbox } from '../../sandbox/start';
import type { DynamicsPerson, Row } from './person';

/** What becomes of sales orders in Dynamics 365, and what their shops are to say of them then. */

export type Fate = 'canceled' | 'fulfilled' | 'invoiced' | 'shipped';

/** Of eight orders three are fulfilled, three more sent with a tracking number, one canceled and one paid by its invoice. */
const OF_EIGHT: readonly Fate[] = [
  'fulfilled',
  'shipped',
  'fulfilled',
  'shipped',
  'fulfilled',
  'shipped',
  'canceled',
  'invoiced',
];

export const fateOf = (place: number): Fate => OF_EIGHT[place % OF_EIGHT.length] ?? 'fulfilled';

/** Dynamics 365 Sales docs, entity reference of salesorder: Complete, and No Money. */
const COMPLETE = 100001;
const NO_MONEY = 4;
/** Entity reference of invoice: state Paid, reason Complete. */
const PAID = { statecode: 2, statuscode: COMPLETE };

const TRACKING = 'new_trackingnumbers';

/** The column in which the templates look for tracking numbers, as a person with the right makes it. */
export async function prepareTracking(person: DynamicsPerson): Promise<void> {
  await person.create("EntityDefinitions(LogicalName='salesorder')/Attributes", {
    '@odata.type': 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
    AttributeType: 'String',
    AttributeTypeName: { Value: 'StringType' },
    SchemaName: 'new_TrackingNumbers',
    DisplayName: {
      '@odata.type': 'Microsoft.Dynamics.CRM.Label',
      LocalizedLabels: [
        {
          '@odata.type': 'Microsoft.Dynamics.CRM.LocalizedLabel',
          Label: 'Tracking Numbers',
          LanguageCode: 1033,
        },
      ],
    },
    RequiredLevel: { Value: 'None', CanBeChanged: true },
    MaxLength: 500,
    FormatName: { Value: 'Text' },
  });
}

export const trackingOf = ({ number }: ShopOrder): string => `1Z-${number}`;

const closing = (id: string): Row => ({
  '@odata.type': 'Microsoft.Dynamics.CRM.orderclose',
  subject: 'Done by a person',
  'salesorderid@odata.bind': `/salesorders(${id})`,
});

const deeds: Record<Fate, (person: DynamicsPerson, id: string, order: ShopOrder) => Promise<void>> =
  {
    fulfilled: async (person, id) => {
      await person.create('salesorders/Microsoft.Dynamics.CRM.FulfillSalesOrder', {
        OrderClose: closing(id),
        Status: COMPLETE,
      });
    },
    shipped: async (person, id, order) => {
      await person.change('salesorders', id, { [TRACKING]: trackingOf(order) });
      await deeds.fulfilled(person, id, order);
    },
    canceled: async (person, id) => {
      await person.create('CancelSalesOrder', { OrderClose: closing(id), Status: NO_MONEY });
    },
    invoiced: async (person, id) => {
      const { invoiceid } = await person.call('ConvertSalesOrderToInvoice', {
        SalesOrderId: id,
        ColumnSet: { AllColumns: true },
      });
      await person.change('invoices', String(invoiceid), PAID);
    },
  };

/** What a person does with a sales order. */
export const befall = async (
  person: DynamicsPerson,
  fate: Fate,
  id: string,
  order: ShopOrder,
): Promise<void> => await deeds[fate](person, id, order);

interface Said {
  /** The status that says how far the order is, as the shop codes it. */
  status: string;
  tracking: string[];
}

interface Words {
  statuses: Readonly<Record<'canceled' | 'shipped', string>>;
  /** The shop's API takes tracking numbers. */
  takesTracking: boolean;
  said(sandbox: Pick<RunningSandbox, 'services'>, order: ShopOrder): Said;
}

interface XCartOrder {
  shipping_status?: { code?: string } | null;
  tracking_numbers?: Array<{ value: string }>;
}

interface ThreeDCartOrder {
  OrderStatusID: number;
  ShipmentList: Array<{ ShipmentTrackingCode?: string | null }>;
}

const WORDS: Readonly<Record<ShopName, Words>> = {
  xcart: {
    statuses: { shipped: 'S', canceled: 'WND' },
    takesTracking: false,
    said: (_sandbox, { document }) => {
      const { shipping_status: status, tracking_numbers: numbers = [] } = document as XCartOrder;
      return { status: status?.code ?? '', tracking: numbers.map(({ value }) => value) };
    },
  },
  threedcart: {
    statuses: { shipped: '4', canceled: '5' },
    takesTracking: true,
    said: (_sandbox, { document }) => {
      const { OrderStatusID: id, ShipmentList: shipments } = document as ThreeDCartOrder;
      const tracking = shipments.flatMap(({ ShipmentTrackingCode: code }) => code || []);
      return { status: String(id), tracking };
    },
  },
  clarity: {
    statuses: { shipped: 'shipped', canceled: 'cancelled' },
    takesTracking: true,
    said: ({ services }, { id, status }) => {
      const all = services.clarity.store.all('shipments');
      const own = all.filter(({ orderId }) => orderId === id);
      // A deployment that moves the order itself when a shipment is made spells it in its own way.
      return {
        status: status.toLowerCase(),
        tracking: own.flatMap(({ trackingNumber }) => String(trackingNumber)),
      };
    },
  },
};

/** What the shop says of an order at this moment. */
export const saidOf = (
  sandbox: Pick<RunningSandbox, 'services'>,
  shop: ShopName,
  order: ShopOrder,
): Said => WORDS[shop].said(sandbox, order);

/** What it is to say in the end; of an order that was merely invoiced what it said before. */
export function expectedOf(shop: ShopName, fate: Fate, order: ShopOrder, before: Said): Said {
  const { statuses, takesTracking } = WORDS[shop];
  if (fate === 'invoiced') return before;
  if (fate === 'canceled') return { ...before, status: statuses.canceled };
  const isTracked = fate === 'shipped' && takesTracking;
  return {
    status: statuses.shipped,
    tracking: [...before.tracking, ...(isTracked ? [trackingOf(order)] : [])],
  };
}

/** The most requests by which a shop can be told so, each change once. */
export function mostWrites(shop: ShopName, fates: readonly Fate[]): number {
  const told = fates.filter((fate) => fate !== 'invoiced').length;
  const tracked = fates.filter((fate) => fate === 'shipped').length;
  return told + (WORDS[shop].takesTracking ? tracked : 0);
}
