// How an organization's files look: logo, colours, a line at the foot of pages, paper. Its members see it, those who manage
// it change it, and exports take it from here.
import type { OrganizationBranding, UpdateBrandingRequest } from '../../../contract/branding.ts';
import type { Actor } from '../../platform/http.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, type Origin } from '../context.ts';
import type { Organizations } from '../organizations/service.ts';
import { readLogo } from './logo.ts';
import * as db from './sql.ts';

export type Branding = ReturnType<typeof makeBranding>;

export function makeBranding(deps: Deps, organizations: Organizations) {
  const { postgres } = deps;

  async function save(
    actor: Actor,
    organizationId: string,
    change: db.BrandingChange,
    origin: Origin,
  ): Promise<OrganizationBranding> {
    return await postgres.withContext(actor, async (tx) => {
      await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
      const row = await db.saveBranding(tx, organizationId, change, {
        updated_by: actor.user_id,
        updated_at: deps.now(),
      });
      await audit(
        tx,
        {
          action: 'branding.updated',
          actor_id: actor.user_id,
          organization_id: organizationId,
          detail: { fields: Object.keys(change) },
        },
        origin,
      );
      return toBranding(organizationId, row);
    });
  }

  return {
    async get(actor: Actor, organizationId: string): Promise<OrganizationBranding> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:read');
        return toBranding(organizationId, await db.findBranding(tx, organizationId));
      });
    },

    update: (actor: Actor, organizationId: string, change: UpdateBrandingRequest, origin: Origin) =>
      save(actor, organizationId, change, origin),

    async setLogo(actor: Actor, organizationId: string, bytes: Buffer, origin: Origin) {
      await postgres.withContext(actor, (tx) =>
        organizations.requireRole(tx, actor, organizationId, 'organization:manage'),
      );
      const logo = await readLogo(bytes);
      const change = { logo_base64: logo.bytes.toString('base64'), logo_type: logo.type };
      return await save(actor, organizationId, change, origin);
    },

    removeLogo: (actor: Actor, organizationId: string, origin: Origin) =>
      save(actor, organizationId, { logo_base64: null, logo_type: null }, origin),
  };
}

function toBranding(organization_id: string, row: db.BrandingRow | undefined): OrganizationBranding {
  return {
    organization_id,
    logo: row?.logo_base64 == null ? null : `data:${row.logo_type};base64,${row.logo_base64}`,
    primary_color: row?.primary_color ?? null,
    accent_color: row?.accent_color ?? null,
    footer_line: row?.footer_line ?? null,
    paper: (row?.paper ?? null) as OrganizationBranding['paper'],
    updated_at: row === undefined ? null : iso(row.updated_at),
  };
}
