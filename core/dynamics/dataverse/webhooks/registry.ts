import { toServiceError, validationError } from '../../../errors';
import { settle } from '../../../outcome';
import type { Row } from '../../../odata/types';
import type { HookRegistry, RegisteredHook, WantedHook } from '../../../webhooks/hooks';
import type { Dataverse } from '../types';
import {
  createEndpoint,
  deleteUnusedEndpoint,
  type Endpoint,
  pathOf,
  repairEndpoint,
  stepIdOf,
  webhookEndpoints,
} from './endpoints';
import { areImagesAsWished, type Image, imagesOf, repairImages } from './images';
import { withRight } from './rights';
import { authTypeOf, type SecretPlace } from './secret';
import {
  forgetMessageIds,
  isStepAsWished,
  type MessageIds,
  messageIdsOf,
  newStep,
  noSuchMessage,
  stepColumns,
  type StepWish,
} from './steps';

export interface WebhookChoice {
  /** What the trigger is to be told of, one for each of its events. */
  steps: readonly StepWish[];
  /** Where Dataverse is to put the secret. Default `header`. */
  place?: SecretPlace;
  /** Unique name of the solution that endpoint and steps become part of. Default: none. */
  solution?: string;
}

const SET = 'sdkmessageprocessingsteps';
const TABLE = 'sdkmessageprocessingstep';
const ENABLED = 0;

/**
 * An endpoint without steps tells nobody anything: it is what a crash has left. It stands in the list so that it is
 * deleted, and its sign comes after all ids, so that of two processes each finds the steps of the other first.
 */
const LEFT_OVER = '~';

/** What was read last. Another process may have changed it since; what is written says so then. */
interface Seen {
  endpoints: Endpoint[];
  images: Image[];
}

const byId = (one: Endpoint, other: Endpoint): number => (one.id < other.id ? -1 : 1);

/**
 * The webhooks of an environment as steps, each of which tells of one message of one table. All of a trigger share one
 * service endpoint, which is found by the path of its address, and which comes and goes with them.
 *
 * @throws where a right is missing, an error that names it; where a table has no such message, one that says so
 */
export function webhookRegistry(
  client: Dataverse,
  { steps: wishes, place = 'header', solution = '' }: WebhookChoice,
): HookRegistry {
  const headers: Record<string, string> =
    solution.trim() === '' ? {} : { 'mscrm.solutionuniquename': solution.trim() };
  let seen: Seen | undefined;
  /** Endpoints that were there at the first look, or were made here: what comes later is another process's. */
  let usable: Set<string> | undefined;
  /** Address and secret that endpoints were given here. */
  const given = new Map<string, string>();

  const wishOf = ({ event }: WantedHook): StepWish => {
    const wish = wishes.find((each) => each.event === event);
    if (wish) return wish;
    throw validationError(
      `There is no step for the event "${event}"`,
      'Choose among the events of this table.',
    );
  };

  /** Message and table of a step → what is wanted of it. */
  async function wishesByStep(): Promise<(step: Row) => StepWish | undefined> {
    const ids = await messageIdsOf(client, wishes);
    return (step) =>
      wishes.find((_wish, index) => {
        const at = ids[index];
        return (
          at !== undefined &&
          at.messageId === step['_sdkmessageid_value'] &&
          at.filterId === step['_sdkmessagefilterid_value']
        );
      });
  }

  async function look(): Promise<RegisteredHook[]> {
    const endpoints = await webhookEndpoints(client);
    usable ??= new Set(endpoints.map(({ id }) => id));
    const wishAt = await wishesByStep();
    const wished = endpoints.flatMap(({ steps }) => steps.filter((step) => wishAt(step)));
    const images = await imagesOf(client, wished.map(stepIdOf));
    seen = { endpoints, images };
    return endpoints.flatMap((endpoint): RegisteredHook[] => {
      const { id, url, authtype, hasSecret, steps } = endpoint;
      if (steps.length === 0) return [{ id: `${LEFT_OVER}${id}`, event: '', url }];
      return steps.map((step) => {
        const wish = wishAt(step);
        const own = images.filter(({ stepId }) => stepId === stepIdOf(step));
        const isAsWished =
          wish !== undefined &&
          authtype === authTypeOf(place) &&
          hasSecret &&
          isStepAsWished(step, wish) &&
          areImagesAsWished(own, wish);
        return {
          id: stepIdOf(step),
          event: wish?.event ?? '',
          url,
          isEnabled: step['statecode'] === ENABLED,
          isOutdated: !isAsWished,
        };
      });
    });
  }

  async function lastSeen(): Promise<Seen> {
    if (!seen) await look();
    return seen ?? { endpoints: [], images: [] };
  }

  async function give(endpoint: Endpoint, hook: WantedHook): Promise<void> {
    const what = `${hook.url} ${hook.secret}`;
    if (given.get(endpoint.id) === what) return;
    await repairEndpoint(client, endpoint.id, hook, place);
    Object.assign(endpoint, { url: hook.url, authtype: authTypeOf(place), hasSecret: true });
    given.set(endpoint.id, what);
  }

  const forget = ({ endpoints }: Seen, id: string): void => {
    endpoints.splice(0, endpoints.length, ...endpoints.filter((each) => each.id !== id));
  };

  /** The endpoint of the trigger, with this address and secret. */
  async function endpointFor(hook: WantedHook): Promise<Endpoint> {
    const last = await lastSeen();
    const path = pathOf(hook.url);
    const there = [...last.endpoints]
      .sort(byId)
      .find(({ id, url }) => usable?.has(id) && pathOf(url) === path);
    if (there) {
      const giving = await settle(async () => await give(there, hook));
      if (giving.ok) return there;
      if (giving.error.class !== 'not-found') throw giving.error;
      forget(last, there.id);
    }
    const made = await createEndpoint(client, hook, place, headers);
    last.endpoints.push(made);
    usable?.add(made.id);
    given.set(made.id, `${hook.url} ${hook.secret}`);
    return made;
  }

  async function idsOf(wish: StepWish): Promise<MessageIds> {
    const [ids] = await messageIdsOf(client, [wish]);
    if (!ids) throw noSuchMessage(wish);
    return ids;
  }

  async function removeEndpoint(id: string): Promise<void> {
    const removing = await settle(async () => await deleteUnusedEndpoint(client, id));
    if (!removing.ok && removing.error.class !== 'not-found') throw removing.error;
    if (seen) forget(seen, id);
  }

  async function createStep(wish: StepWish, endpoint: Endpoint): Promise<string> {
    const row = newStep(wish, await idsOf(wish), endpoint.id);
    const { id = '' } = await withRight('Create', TABLE, () =>
      client.create(SET, row, {
        headers,
        primaryId: 'sdkmessageprocessingstepid',
        returning: ['sdkmessageprocessingstepid'],
      }),
    );
    endpoint.steps.push({ ...row, sdkmessageprocessingstepid: id });
    const imaging = await settle(async () => await repairImages(client, id, wish, [], headers));
    if (imaging.ok) return id;
    await settle(async () => await deleteStep(id));
    throw imaging.error;
  }

  async function deleteStep(id: string): Promise<void> {
    const { endpoints } = await lastSeen();
    const endpoint = endpoints.find(({ steps }) => steps.some((step) => stepIdOf(step) === id));
    const deleting = await settle(
      async () => await withRight('Delete', TABLE, () => client.delete(SET, id)),
    );
    if (!deleting.ok && deleting.error.class !== 'not-found') throw deleting.error;
    if (endpoint) {
      endpoint.steps = endpoint.steps.filter((step) => stepIdOf(step) !== id);
      if (endpoint.steps.length === 0) await removeEndpoint(endpoint.id);
    }
    if (!deleting.ok) throw deleting.error;
  }

  return {
    offers: async (event) => {
      const wish = wishes.find((each) => each.event === event);
      return wish !== undefined && (await messageIdsOf(client, [wish]))[0] !== undefined;
    },

    list: look,

    create: async (hook) => {
      const wish = wishOf(hook);
      // Before anything is made, so that nothing is left behind where the table tells nobody.
      await idsOf(wish);
      const endpoint = await endpointFor(hook);
      try {
        return await createStep(wish, endpoint);
      } catch (error) {
        // Ids may be those of a table that was deleted and made again.
        if (['not-found', 'validation'].includes(toServiceError(error).class)) forgetMessageIds();
        if (endpoint.steps.length === 0) {
          await settle(async () => await removeEndpoint(endpoint.id));
        }
        throw error;
      }
    },

    update: async (id, hook) => {
      const wish = wishOf(hook);
      const { endpoints, images } = await lastSeen();
      const endpoint = endpoints.find(({ steps }) => steps.some((step) => stepIdOf(step) === id));
      const step = endpoint?.steps.find((each) => stepIdOf(each) === id);
      if (endpoint) await give(endpoint, hook);
      if (!step || step['statecode'] !== ENABLED || !isStepAsWished(step, wish)) {
        await withRight('Write', TABLE, () => client.update(SET, id, stepColumns(wish)));
      }
      const own = images.filter(({ stepId }) => stepId === id);
      await repairImages(client, id, wish, own, headers);
    },

    delete: async (id) => {
      if (id.startsWith(LEFT_OVER)) await removeEndpoint(id.slice(LEFT_OVER.length));
      else await deleteStep(id);
    },
  };
}
