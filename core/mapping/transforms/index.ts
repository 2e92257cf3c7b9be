import { ADDRESS_TRANSFORMS } from './address';
import { COUNTRY_TRANSFORMS } from './country';
import { DATE_TRANSFORMS } from './date';
import { HTML_TRANSFORMS } from './html';
import { IDENTITY_TRANSFORMS } from './identity';
import { LOOKUP_TRANSFORMS } from './lookup';
import { MONEY_TRANSFORMS } from './money';
import { NAME_TRANSFORMS } from './name';
import { NUMBER_TRANSFORMS } from './number';
import { PHONE_TRANSFORMS } from './phone';
import { TEXT_TRANSFORMS } from './text';
import type { Transform } from './types';

/** All transforms, in the order of their families: what a mapping may name, and what the editor lists. */
export const TRANSFORMS: readonly Transform[] = [
  ...TEXT_TRANSFORMS,
  ...NUMBER_TRANSFORMS,
  ...MONEY_TRANSFORMS,
  ...DATE_TRANSFORMS,
  ...PHONE_TRANSFORMS,
  ...COUNTRY_TRANSFORMS,
  ...ADDRESS_TRANSFORMS,
  ...NAME_TRANSFORMS,
  ...HTML_TRANSFORMS,
  ...LOOKUP_TRANSFORMS,
  ...IDENTITY_TRANSFORMS,
];

export type { Transform, TransformFunction, TransformOption, TransformOptions } from './types';
