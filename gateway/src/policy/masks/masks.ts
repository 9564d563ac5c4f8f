import type { MaskMethod } from '../../supergraph/classification.js';
import { maskAddress } from './address.js';
import { maskBand } from './band.js';
import { maskDate } from './date.js';
import { maskEmail } from './email.js';
import { maskIdNumber } from './id-number.js';
import { keep } from './keep.js';
import type { Mask } from './mask.js';
import { maskName } from './name.js';
import { maskPhone } from './phone.js';
import { maskPlate } from './plate.js';
import { maskText } from './text.js';
import { withhold } from './withhold.js';

/** Every method by the name that contracts use. */
export const masks: Readonly<Record<MaskMethod, Mask>> = {
  NAME: maskName,
  ID_NUMBER: maskIdNumber,
  PHONE: maskPhone,
  ADDRESS: maskAddress,
  DATE: maskDate,
  PLATE: maskPlate,
  EMAIL: maskEmail,
  TEXT: maskText,
  BAND: maskBand,
  WITHHOLD: withhold,
  KEEP: keep,
};

/** The mask of a method. */
export function maskOf(method: MaskMethod): Mask {
  return masks[method];
}
