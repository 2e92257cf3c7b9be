import { z } from 'zod';
import { int, readInput } from '../api/body';
import { found } from '../api/lookup';
import { invalidInput } from '../api/problems';
import type { Call, Method, Route } from '../api/routes';
import type { ImageView } from '../model';
import { productOf } from './products';

/** An image comes from an address, or as base64 with a file name. The keys are in camel case, unlike others. */
export const imageInput = z.object({
  position: int().optional(),
  alt: z.string().optional(),
  externalUrl: z.string().optional(),
  attachment: z.string().optional(),
  filename: z.string().optional(),
});

type ImageInput = z.output<typeof imageInput>;

export function imageUrl(given: ImageInput): string {
  if (given.externalUrl) return given.externalUrl;
  if (given.attachment && given.filename) return `/images/product/${given.filename}`;
  throw invalidInput('externalUrl or attachment with filename is required');
}

export function newImage(call: Call, given: ImageInput): ImageView {
  return {
    id: call.store.nextId('image'),
    position: given.position ?? 0,
    alt: given.alt ?? '',
    url: imageUrl(given),
    width: 800,
    height: 600,
  };
}

function create(call: Call): object {
  const { view } = productOf(call);
  const image = newImage(call, readInput(imageInput, call.body()));
  view.images.push(image);
  return image;
}

function imageOf(call: Call): ImageView {
  const images = new Map(productOf(call).view.images.map((image) => [image.id, image]));
  return found(images, call.id('image_id'));
}

function update(call: Call): object {
  const image = imageOf(call);
  const given = readInput(imageInput, call.body());
  image.position = given.position ?? image.position;
  image.alt = given.alt ?? image.alt;
  if (given.externalUrl || given.attachment) image.url = imageUrl(given);
  return image;
}

function remove(call: Call): undefined {
  const { view } = productOf(call);
  const image = imageOf(call);
  view.images = view.images.filter((each) => each !== image);
}

const route = (method: Method, path: string, verb: string, handle: Route['handle']): Route => ({
  method,
  path: `/products/:product_id/images${path}`,
  type: 'ProductImage',
  operation: `${verb} product image`,
  handle,
});

/** Images are listed on their product; there is no list of their own. */
export const imageRoutes: readonly Route[] = [
  route('POST', '', 'create', create),
  route('GET', '/:image_id', 'read', imageOf),
  route('PUT', '/:image_id', 'update', update),
  route('DELETE', '/:image_id', 'delete', remove),
];
