import type { CategoryRecord, CategoryView, ProductRecord } from '../../model';
import { newCategory } from '../../resources/category-defaults';
import { slugOf } from '../../resources/product-defaults';
import { defineEntity, flagOf, numberOf, related, textOf } from '../entity';
import type { Model } from '../input';
import { linkId } from './links';

const fields = ({ view }: CategoryRecord): object => ({
  category_id: view.id,
  lpos: view.position,
  rpos: view.position + 1,
  enabled: view.enabled,
  show_title: view.show_title,
  depth: view.parent === null ? -1 : 0,
  pos: view.position,
  metaDescType: view.meta_description_type,
});

const TEXTS = {
  name: 'name',
  description: 'description',
  metaTags: 'meta_tags',
  metaDesc: 'meta_description',
  metaTitle: 'meta_title',
} as const;

function write(view: CategoryView, model: Model): void {
  const { enabled, show_title: showTitle, pos, parent, translations = {} } = model;
  if (enabled !== undefined) view.enabled = flagOf(enabled);
  if (showTitle !== undefined) view.show_title = flagOf(showTitle);
  if (pos !== undefined) view.position = numberOf(pos);
  if (parent !== undefined) view.parent = numberOf((parent as Model).category_id) || null;
  const all = Object.values(translations as Record<string, Model>);
  const own = all.find(({ code = 'en' }) => code === 'en') ?? {};
  for (const [from, to] of Object.entries(TEXTS))
    if (own[from] !== undefined) Object.assign(view, { [to]: textOf(own[from]) });
  view.clean_url ||= slugOf(view.name);
}

export const categoryEntity = defineEntity<CategoryRecord>({
  all: ({ store }) => [...store.categories.values()],
  idOf: ({ view }) => view.id,
  fields,
  relations: ({ view, products }, { store }) => {
    const parent = store.categories.get(view.parent ?? 0);
    const children = [...store.categories.values()].filter((each) => each.view.parent === view.id);
    return {
      parent: parent ? fields(parent) : null,
      children: children.map(fields),
      memberships: [],
      categoryProducts: [...products].map((id) => ({ id: linkId(view.id, id), orderby: 0 })),
      cleanURLs: [{ id: view.id, cleanURL: view.clean_url }],
      translations: [
        {
          ...Object.fromEntries(Object.entries(TEXTS).map(([name, key]) => [name, view[key]])),
          label_id: view.id,
          code: 'en',
        },
      ],
    };
  },
  conditions: {
    parent:
      (value) =>
      ({ view }) =>
        String(view.parent) === textOf(value),
  },
  sorts: {
    'c.category_id': ({ view }) => view.id,
    'c.pos': ({ view }) => view.position,
  },
  create: (model, { store }) => {
    const view = newCategory(store.nextId('category'));
    write(view, model);
    const record = { view, products: new Set<number>() };
    store.categories.set(view.id, record);
    return record;
  },
  update: ({ view }, model) => write(view, model),
  remove: ({ view }, { store }) => void store.categories.delete(view.id),
});

interface Link {
  category: CategoryRecord;
  product: ProductRecord;
}

export const linkEntity = defineEntity<Link>({
  all: ({ store }) =>
    [...store.categories.values()].flatMap((category) =>
      [...category.products].flatMap((id) => {
        const product = store.products.get(id);
        return product ? [{ category, product }] : [];
      }),
    ),
  idOf: ({ category, product }) => linkId(category.view.id, product.view.id),
  fields: ({ category, product }) => ({
    id: linkId(category.view.id, product.view.id),
    orderby: 0,
  }),
  relations: ({ category, product }) => ({
    category: { category_id: category.view.id },
    product: { product_id: product.view.id },
  }),
  create: (model, { store }) => {
    const product = related(model, 'product', 'product_id', store.products);
    const category = related(model, 'category', 'category_id', store.categories);
    category.products.add(product.view.id);
    return { category, product };
  },
  remove: ({ category, product }) => void category.products.delete(product.view.id),
});
