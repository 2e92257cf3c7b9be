import type { CategoryView } from '../model';

/** A category below the root, with what the store gives it where nobody says otherwise. */
export const newCategory = (id: number, given: Partial<CategoryView> = {}): CategoryView => ({
  id,
  enabled: true,
  show_title: true,
  position: 0,
  memberships: [],
  parent: 1,
  clean_url: '',
  name: '',
  description: '',
  meta_tags: '',
  meta_description: '',
  meta_description_type: 'A',
  meta_title: '',
  icon: null,
  banner: null,
  ...given,
});
