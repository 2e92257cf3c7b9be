import { z } from 'zod';
import { int, readInput } from '../api/body';
import { found } from '../api/lookup';
import { badRequest } from '../api/problems';
import type { Call, Method, Route } from '../api/routes';
import type { ImageView, PictureView } from '../model';
import { productOf } from './products';

/** A picture comes from an address, or as base64 with a file name. The keys are in camel case, unlike others. */
export const pictureInput = z.object({
  alt: z.string().default(''),
  externalUrl: z.string().default(''),
  attachment: z.string().default(''),
  filename: z.string().default(''),
});

type PictureInput = z.output<typeof pictureInput>;

const BASE64 = /^[A-Za-z0-9+/\s]+=*$/;

export function pictureUrl(given: PictureInput, folder: string): string {
  if (given.externalUrl) return given.externalUrl;
  const { attachment, filename } = given;
  if (!attachment || !filename) {
    throw badRequest("Fields 'attachment' and 'filename' are required");
  }
  if (!BASE64.test(attachment)) throw badRequest('The file is not an image');
  return `/images/${folder}/${filename}`;
}

export function newPicture(call: Call, given: PictureInput, folder: string): PictureView {
  return {
    id: call.store.nextId('image'),
    alt: given.alt,
    url: pictureUrl(given, folder),
    width: 800,
    height: 600,
  };
}

const imageInput = pictureInput.extend({ position: int().default(0) });

function create(call: Call): object {
  const product = call.store.products.get(call.id('product_id'));
  if (product === undefined) {
    throw badRequest(`Product with ID ${call.id('product_id')} not found`);
  }
  const given = readInput(imageInput, call.body());
  const image = { ...newPicture(call, given, 'product'), position: given.position };
  product.view.images.push(image);
  return image;
}

function imageOf(call: Call): ImageView {
  const images = new Map(productOf(call).view.images.map((image) => [image.id, image]));
  return found(images, call.id('image_id'));
}

/** The picture itself stays: X-Cart takes place and words alone. */
const changeInput = z.object({ position: int(), alt: z.string() });

function update(call: Call): object {
  const image = imageOf(call);
  return Object.assign(image, readInput(changeInput, { ...image, ...call.body() }));
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
