// How an organization's files look, as it crosses HTTP.
import { z } from 'zod';
import { Id, line, Time } from './common.ts';

const Color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'a colour such as #1f4e5f')
  .transform((color) => color.toLowerCase());

export const OrganizationBranding = z.object({
  organization_id: Id,
  /** A data: address of a PNG or JPEG; null where none is set. */
  logo: z.string().nullable(),
  primary_color: z.string().nullable(),
  accent_color: z.string().nullable(),
  footer_line: z.string().nullable(),
  paper: z.enum(['A4', 'Letter']).nullable(),
  updated_at: Time.nullable(),
});
export type OrganizationBranding = z.infer<typeof OrganizationBranding>;

export const UpdateBrandingRequest = z
  .object({
    /** Of headings' rules and figures; used where it can be read on white. */
    primary_color: Color.nullable(),
    /** Of the bar on the cover and the heads of workbooks. */
    accent_color: Color.nullable(),
    /** Stands at the foot of every page. */
    footer_line: line(200).nullable(),
    /** Of files for which no paper is asked. */
    paper: z.enum(['A4', 'Letter']).nullable(),
  })
  .partial();
export type UpdateBrandingRequest = z.infer<typeof UpdateBrandingRequest>;
