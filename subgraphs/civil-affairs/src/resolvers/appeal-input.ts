import { id, text, version } from '@linli/kit/writing/fields';
import { z } from 'zod';

/** What mutations of appeals take, in parts. */
export const seen = { no: id, expectedVersion: version };
export const note = text(500);
export const optionalNote = note.nullish();
export const unit = id;
export const staff = z.array(id).max(10, { error: '办理人至多 10 个。' }).nullish();
export const category = z.enum([
  'PROPERTY',
  'ENVIRONMENT',
  'NOISE',
  'TRAFFIC',
  'SAFETY',
  'CARE',
  'EDUCATION',
  'HEALTH',
]);
export const title = text(60);
export const content = text(2000);
