import { z } from 'zod';

import { ServiceError } from '../../errors';
import type { RestClient } from '../kit/rest';
import { resourceOf } from './resource';

const lost = new ServiceError('No answer.', { class: 'transient', code: 'ECONNRESET' });
const api = { call: () => Promise.reject(lost) } as unknown as RestClient;
const description = { path: '/Things', schema: z.object({ Id: z.number() }), id: 'Id' };

it('holds what nobody can find again', async () => {
  await expect(resourceOf(api, description).create({})).rejects.toMatchObject({
    class: 'held',
    message: '3dcart did not say whether it made this record: No answer.',
  });
});

it('leaves the failure as it is to a maker who looks himself', async () => {
  const things = resourceOf(api, { ...description, isLookedForByMaker: true });
  await expect(things.create({})).rejects.toBe(lost);
});
