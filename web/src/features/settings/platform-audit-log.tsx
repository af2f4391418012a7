// Every security event of the platform, for its administrators.
import { AuditTable } from './audit-table.tsx';

const KINDS = [
  'account',
  'api_token',
  'admin',
  'organization',
  'member',
  'invitation',
  'grant',
  'team',
  'project',
  'collaborator',
  'audit_log',
];

export default function PlatformAuditLogPage() {
  return <AuditTable base="/admin" kinds={KINDS} />;
}
