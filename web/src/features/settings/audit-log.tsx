// The security events of an organization, for its administrators.

import { AuditTable } from './audit-table.tsx';
import { useOrganization } from './organization.tsx';

const KINDS = [
  'organization',
  'member',
  'invitation',
  'grant',
  'team',
  'project',
  'collaborator',
  'audit_log',
];

export default function AuditLogPage() {
  const organization = useOrganization();
  if (!organization) return null;
  return (
    <AuditTable
      key={organization.organization_id}
      base={`/organizations/${organization.organization_id}`}
      kinds={KINDS}
    />
  );
}
