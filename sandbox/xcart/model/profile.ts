export interface CustomField {
  name: string;
  value: string;
}

export interface AddressView {
  id: number;
  is_billing: boolean;
  is_shipping: boolean;
  is_work: boolean;
  /** Residential or commercial. */
  type: 'R' | 'C';
  title: string;
  firstname: string;
  lastname: string;
  phone: string;
  street: string;
  zipcode: string;
  city: string;
  country_code: string;
  /** The store's internal id; null where the country has no list of states. */
  state: number | null;
  state_name: string;
  custom_fields: CustomField[];
}

export type OrderAddress = AddressView;

/** A profile as `GET /api/profiles/{id}` shows it. It has no name: names are in the addresses. */
export interface ProfileView {
  id: number;
  login: string;
  access_level: 0 | 100;
  status: 'E' | 'D';
  status_comment: string;
  referer: string;
  language: string;
  membership_id: number | null;
  pending_membership_id: number | null;
  force_change_password: boolean;
  role_ids: number[];
  create_date: string;
  first_login_date: string | null;
  last_login_date: string | null;
}

export interface ProfileRecord {
  view: ProfileView;
  password: string;
  addresses: Map<number, AddressView>;
  /** The order this profile was cloned for; null for a real one. */
  orderId: number | null;
}
