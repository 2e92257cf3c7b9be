export interface NamedView {
  id: number;
  name: string;
}

export interface MembershipView extends NamedView {
  enabled: boolean;
}

/** A picture of a category. */
export interface PictureView {
  id: number;
  alt: string;
  url: string;
  width: number;
  height: number;
}

export interface ImageView extends PictureView {
  position: number;
}

/** A product as `GET /api/products/{product_id}` shows it. */
export interface ProductView {
  id: number;
  sku: string;
  name: string;
  description: string;
  brief_description: string;
  meta_tags: string;
  meta_description_type: string;
  meta_description: string;
  meta_title: string;
  price: number;
  enabled: boolean;
  weight: number;
  separate_box: boolean;
  width: number;
  length: number;
  height: number;
  free_shipping: boolean;
  taxable: boolean;
  arrival_date: string;
  inventory_traceable: boolean;
  amount: number;
  clean_url: string;
  create_date: string;
  update_date: string;
  product_class: NamedView | null;
  tax_class: NamedView | null;
  memberships: MembershipView[];
  images: ImageView[];
}

/** `default_*: true` means that the value of the product holds. */
export interface VariantView {
  id: number;
  price: number;
  default_price: boolean;
  amount: number;
  default_amount: boolean;
  weight: number;
  default_weight: boolean;
  default_variant: boolean;
  sku: string | null;
  image: Omit<PictureView, 'id'> | null;
  attribute_checkbox_values: number[];
  attribute_select_values: number[];
}

export interface ProductRecord {
  view: ProductView;
  variants: Map<number, VariantView>;
}

export interface CategoryView {
  id: number;
  enabled: boolean;
  show_title: boolean;
  position: number;
  memberships: MembershipView[];
  parent: number | null;
  clean_url: string;
  name: string;
  description: string;
  meta_tags: string;
  meta_description: string;
  meta_description_type: string;
  meta_title: string;
  icon: PictureView | null;
  banner: PictureView | null;
}

export interface CategoryRecord {
  view: CategoryView;
  products: Set<number>;
}
