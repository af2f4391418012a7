// The organization that settings pages speak of: kept in the address, the first one while it says nothing.
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { z } from 'zod';
import type { MembershipOfUser } from '../../../../contract/accounts.ts';
import { useMe } from '../../api/accounts.ts';
import { Select } from '../../ui/field.tsx';

export type Membership = z.infer<typeof MembershipOfUser>;

/** The organization in hand and the caller's role in it; null for someone who belongs to none. */
export function useOrganization(): Membership | null {
  const { organizations } = useMe();
  const { organization } = useSearch({ strict: false }) as { organization?: string };
  return (
    organizations.find(({ organization_id }) => organization_id === organization) ?? organizations[0] ?? null
  );
}

/** Shown above an organization's pages to those who belong to several. */
export function OrganizationChoice() {
  const { organizations } = useMe();
  const chosen = useOrganization();
  const navigate = useNavigate();
  if (organizations.length < 2 || !chosen) return null;
  return (
    <Select
      aria-label="Organization"
      value={chosen.organization_id}
      onChange={(event) =>
        void navigate({ to: '.', search: { organization: event.target.value } as never, replace: true })
      }
    >
      {organizations.map((each) => (
        <option key={each.organization_id} value={each.organization_id}>
          {each.name}
        </option>
      ))}
    </Select>
  );
}
