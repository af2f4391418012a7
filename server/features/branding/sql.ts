// Queries on an organization's branding.
import type { Tx } from '../../platform/postgres.ts';

const COLUMNS = [
  'organization_id',
  'logo_base64',
  'logo_type',
  'primary_color',
  'accent_color',
  'footer_line',
  'paper',
  'updated_at',
] as const;

export async function findBranding(tx: Tx, organizationId: string) {
  return await tx
    .selectFrom('organization_branding')
    .select(COLUMNS)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
}
export type BrandingRow = NonNullable<Awaited<ReturnType<typeof findBranding>>>;

export interface BrandingChange {
  logo_base64?: string | null;
  logo_type?: string | null;
  primary_color?: string | null | undefined;
  accent_color?: string | null | undefined;
  footer_line?: string | null | undefined;
  paper?: 'A4' | 'Letter' | null | undefined;
}

export async function saveBranding(
  tx: Tx,
  organizationId: string,
  change: BrandingChange,
  by: { updated_by: string; updated_at: Date },
): Promise<BrandingRow> {
  return await tx
    .insertInto('organization_branding')
    .values({ organization_id: organizationId, ...change, ...by })
    .onConflict((oc) => oc.column('organization_id').doUpdateSet({ ...change, ...by }))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}
