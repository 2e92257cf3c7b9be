import { z } from 'zod';

import { secureUrl } from '../../../../core/http/url';
import type { FailureWords } from '../../../../core/stores/kit/failure';
import type { PageOptions } from '../../../../core/http/pages';
import {
  createRestClient,
  type RestDescription,
  type RestOptions,
} from '../../../../core/stores/kit/rest';
import { orderSchema, wareSchema } from './wire';

const WORDS: FailureWords = {
  service: 'Toyshop',
  reasonAt: ['fault.text'],
  rules: [],
  fixes: {
    authentication: 'Check the Key in the Toyshop API credential.',
    permission: 'Check in the Toyshop admin what the Key in the Toyshop API credential may do.',
    validation: 'Correct the fields that the message names.',
    'not-found': 'Check the ID, and the Shop URL in the Toyshop API credential.',
    throttled: 'The shop asks for fewer requests: try again later.',
    transient: 'The shop is not well for the moment: try again later.',
  },
  redirected:
    'Enter the address that the shop really has as Shop URL in the Toyshop API credential.',
  notJson: 'Check that the Shop URL in the Toyshop API credential is the address of a Toyshop.',
  unexpectedShape: 'Check the version of the shop.',
};

const fault = z.object({ fault: z.object({ code: z.number(), text: z.string() }) });

/** n8n puts the key on by itself, except in the test of the credential. */
export interface ToyshopAddress {
  shopUrl: string;
  key?: string;
}

function describe({ shopUrl, key }: ToyshopAddress): RestDescription {
  return {
    base: `${secureUrl(shopUrl, 'Shop URL').origin}/api`,
    headers: key ? { 'x-toy-key': key } : {},
    words: WORDS,
    paging: {
      at: 'start',
      counts: 'rows',
      size: 'count',
      maxSize: 50,
      isPastTheEnd: ({ body }) => /The list ends before row/.test(JSON.stringify(body)),
    },
    refusalIn: (answer) => {
      const { code: status, text: reason } = fault.safeParse(answer).data?.fault ?? {};
      return status === undefined ? undefined : { status, reason };
    },
  };
}

export function createToyshop(address: ToyshopAddress, options: RestOptions) {
  const api = createRestClient(describe(address), options);
  const order = (id: string) => ({ path: `/orders/${id}`, schema: orderSchema });
  return {
    /** @param day `2026-11-25`: all that changed on it or later, in no order */
    orders: (day?: string, page?: PageOptions) =>
      api.pages({ path: '/orders', row: orderSchema, query: { changed_from: day } }, page),
    order: async (id: string) => await api.call({ method: 'GET', ...order(id) }),
    setState: async (id: string, state: string) =>
      await api.call({ method: 'PUT', ...order(id), body: { state } }),
    wares: (page?: PageOptions) => api.pages({ path: '/wares', row: wareSchema }, page),
    ware: async (no: string) =>
      await api.call({ method: 'GET', path: `/wares/${no}`, schema: wareSchema }),
    setStock: async (no: number, stock: number) =>
      await api.call({ method: 'PUT', path: `/wares/${no}`, schema: wareSchema, body: { stock } }),
  };
}

export type Toyshop = ReturnType<typeof createToyshop>;
