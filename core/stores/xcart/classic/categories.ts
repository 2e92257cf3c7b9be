import { ServiceError } from '../../../errors';
import { inFlight } from '../../../http/in-flight';
import { WRITES_IN_FLIGHT } from '../../kit/writes';
import type { Categories, CategoryQuery, Id } from '../client';
import { type Category, recordSchema } from '../wire';
import { refuse } from './api';
import { type ClassicApi, type Conditions, unlessGone } from './request';
import { cleanUrlIn, type Fields, modelOf, textsIn } from './texts';
import { type ClassicCategory, classicCategorySchema, classicProductSchema } from './wire';

const WHOLE = { schema: 'default', row: classicCategorySchema } as const;

const FIELDS: Fields = {
  renamed: { enabled: 'enabled', show_title: 'show_title', position: 'pos' },
  texts: {
    name: 'name',
    description: 'description',
    meta_tags: 'metaTags',
    meta_description: 'metaDesc',
    meta_title: 'metaTitle',
  },
  made: { parent: (id) => (id ? { parent: { category_id: Number(id) } } : {}) },
};

/** `c` is what the store calls a category in its queries. */
const conditionsOf = ({ parent, sort }: CategoryQuery = {}): Conditions => ({
  parent,
  orderBy: sort ? ['c.pos', sort.direction] : ['c.category_id', 'asc'],
});

export function classicCategories(api: ClassicApi, language?: string): Categories {
  const from = (category: ClassicCategory): Category => {
    const texts = textsIn(category.translations, language);
    return {
      id: category.category_id,
      name: texts?.name,
      description: texts?.description,
      enabled: category.enabled,
      show_title: category.show_title,
      position: category.pos,
      parent: category.parent?.category_id ?? null,
      clean_url: cleanUrlIn(category.cleanURLs),
    };
  };
  const whole = async (id: Id) => await api.one('category', id, WHOLE);

  /** The record that joins the two: each side tells the ids of its own joins, and one id is on both. */
  async function linkOf(id: Id, productId: Id): Promise<number> {
    const read = { schema: 'default', row: classicProductSchema } as const;
    const [category, product] = await Promise.all([whole(id), api.one('product', productId, read)]);
    const own = new Set((category.categoryProducts ?? []).map((link) => link.id));
    const link = (product.categoryProducts ?? []).find((each) => own.has(each.id));
    if (link) return link.id;
    throw new ServiceError(`Product ${productId} is not in category ${id}`, {
      class: 'not-found',
      fix: 'Check which categories the product is in.',
    });
  }

  return {
    // A list tells no names: each category is read by itself.
    pages: async function* (query, options) {
      const list = { ...WHOLE, conditions: conditionsOf(query) };
      for await (const rows of api.pages('category', list, options)) {
        const read = async (id: Id) => await unlessGone(async () => from(await whole(id)));
        const categories = await inFlight(
          rows,
          WRITES_IN_FLIGHT,
          async ({ category_id: id }) => await read(id),
        );
        yield categories.filter((category) => category !== undefined);
      }
    },
    get: async (id) => from(await whole(id)),
    create: async (document) =>
      from(
        await api.create('category', modelOf(document, FIELDS, language), classicCategorySchema),
      ),
    update: async (id, document) =>
      from(
        await api.update(
          'category',
          id,
          modelOf(document, FIELDS, language),
          classicCategorySchema,
        ),
      ),
    remove: async (id) => await api.remove('category', id),
    move: async (id, target) =>
      from(await api.update('category', id, modelOf(target, FIELDS), classicCategorySchema)),
    stats: async () =>
      await refuse('statistics of categories', 'Count what Get Many of products gives instead.'),
    addProduct: async (id, productId) => {
      const model = {
        product: { product_id: Number(productId) },
        category: { category_id: Number(id) },
      };
      return await api.create('categoryproducts', model, recordSchema);
    },
    removeProduct: async (id, productId) =>
      await api.remove('categoryproducts', await linkOf(id, productId)),
  };
}
