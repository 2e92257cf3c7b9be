import type { DocumentType } from '../documents';
import type { MappingSpec } from '../mapping/spec';

/**
 * What a service brings to the mappings: its documents, and the halves of mappings between them and the common
 * model. Whole mappings, from one service to another, are made of two halves that meet.
 */
export interface ServicePresets {
  documents: readonly DocumentType[];
  toCommon?: readonly MappingSpec[];
  fromCommon?: readonly MappingSpec[];
}
