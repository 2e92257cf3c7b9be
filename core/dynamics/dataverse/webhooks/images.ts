import type { ServiceError } from '../../../errors';
import { toServiceError } from '../../../errors';
import type { Dataverse } from '../types';
import { eq, guid, or } from '../../../odata/query';
import type { Row } from '../../../odata/types';
import { withRight } from './rights';
import { namesIn, type StepWish } from './steps';

/** Copies of a row that come with an event: as it was before, and as it is afterwards (Dataverse docs: register-plug-in). */

const SET = 'sdkmessageprocessingstepimages';
const TABLE = 'sdkmessageprocessingstepimage';

interface Kind {
  /** Alias in the message, too. */
  name: 'before' | 'after';
  imagetype: number;
  /** Messages that leave nothing to copy. */
  except: string;
}

const KINDS: readonly Kind[] = [
  { name: 'before', imagetype: 0, except: 'Create' },
  { name: 'after', imagetype: 1, except: 'Delete' },
];

/**
 * What the row is called in the message. Of a creation the documentation says Target, and the service takes Id, so that
 * the one is tried after the other.
 */
const PROPERTIES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  Create: ['Id', 'Target'],
  SetState: ['EntityMoniker'],
};
const USUAL = ['Target'] as const;

export interface Image {
  id: string;
  stepId: string;
  name: string;
  imagetype: number;
  /** `name,statecode` */
  attributes: string;
}

/** Images of these steps, in one request. */
export async function imagesOf(client: Dataverse, stepIds: readonly string[]): Promise<Image[]> {
  if (stepIds.length === 0) return [];
  const step = '_sdkmessageprocessingstepid_value';
  const rows = await withRight('Read', TABLE, () =>
    client.list(SET, {
      select: ['sdkmessageprocessingstepimageid', 'entityalias', 'imagetype', 'attributes', step],
      filter: or(...stepIds.map((id) => eq(step, guid(id)))),
    }),
  );
  return rows.map((row) => ({
    id: String(row['sdkmessageprocessingstepimageid']),
    stepId: String(row[step]),
    name: String(row['entityalias']),
    imagetype: Number(row['imagetype']),
    attributes: namesIn(row['attributes']),
  }));
}

interface Wanted extends Kind {
  attributes: string;
}

function wantedOf(wish: StepWish): Wanted[] {
  return KINDS.flatMap((kind) => {
    const attributes = namesIn(wish[kind.name]?.join(','));
    return attributes === '' || wish.message === kind.except ? [] : [{ ...kind, attributes }];
  });
}

const isOf = ({ name, imagetype }: Image, kind: Kind): boolean =>
  name === kind.name && imagetype === kind.imagetype;

/** Those that a person has added to a step are nobody's business here. */
const ownOf = (images: readonly Image[]): Image[] =>
  images.filter((image) => KINDS.some((kind) => isOf(image, kind)));

/** @param images of the step */
export function areImagesAsWished(images: readonly Image[], wish: StepWish): boolean {
  const wanted = wantedOf(wish);
  const own = ownOf(images);
  return (
    own.length === wanted.length &&
    wanted.every((each) =>
      own.some((image) => isOf(image, each) && image.attributes === each.attributes),
    )
  );
}

async function create(
  client: Dataverse,
  stepId: string,
  { message }: StepWish,
  { name, imagetype, attributes }: Wanted,
  headers: Record<string, string>,
): Promise<void> {
  const row: Row = {
    name,
    entityalias: name,
    imagetype,
    attributes,
    'sdkmessageprocessingstepid@odata.bind': `/sdkmessageprocessingsteps(${stepId})`,
  };
  let refusal: ServiceError | undefined;
  for (const messagepropertyname of PROPERTIES[message] ?? USUAL) {
    try {
      await withRight('Create', TABLE, () =>
        client.create(SET, { ...row, messagepropertyname }, { headers }),
      );
      return;
    } catch (error) {
      const failure = toServiceError(error);
      if (failure.class !== 'validation') throw error;
      refusal ??= failure;
    }
  }
  throw refusal;
}

/** Makes the images of a step what is wanted; those that stand so are left alone. */
export async function repairImages(
  client: Dataverse,
  stepId: string,
  wish: StepWish,
  images: readonly Image[],
  headers: Record<string, string>,
): Promise<void> {
  const wanted = wantedOf(wish);
  for (const image of ownOf(images)) {
    if (wanted.some((each) => isOf(image, each))) continue;
    await withRight('Delete', TABLE, () => client.delete(SET, image.id));
  }
  for (const each of wanted) {
    const there = images.find((image) => isOf(image, each));
    if (!there) await create(client, stepId, wish, each, headers);
    else if (there.attributes !== each.attributes) {
      const { attributes } = each;
      await withRight('Write', TABLE, () => client.update(SET, there.id, { attributes }));
    }
  }
}
