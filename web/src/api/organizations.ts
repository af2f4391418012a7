// An organization as its members and administrators see it: its own facts, members, invitations, guests, teams, plan.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CreatedInvitation,
  CreateGrantRequest,
  CreateInvitationRequest,
  Grant,
  Invitation,
  Organization,
  OrganizationMember,
  PlanUsage,
  Team,
  UpdateOrganizationRequest,
} from '../../../contract/organizations.ts';
import type { OrganizationRole } from '../../../contract/permissions.ts';
import { api, everyPage } from './client.ts';
import { keys } from './keys.ts';

export type Invited = z.infer<typeof Invitation>;
export type TeamRow = z.infer<typeof Team>;

const at = (id: string, part = '') => `/organizations/${id}${part}`;
const keyOf = (id: string, part: string) => ['organization', id, part] as const;

export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id, 'self'),
    queryFn: ({ signal }) => api.get<Organization>(at(id), { signal }),
  });
export const membersQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id, 'members'),
    queryFn: ({ signal }) => everyPage<OrganizationMember>(at(id, '/members'), signal),
  });
export const invitationsQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id, 'invitations'),
    queryFn: ({ signal }) => everyPage<Invited>(at(id, '/invitations'), signal),
  });
export const grantsQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id, 'grants'),
    queryFn: ({ signal }) => everyPage<Grant>(at(id, '/grants'), signal),
  });
export const teamsQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id, 'teams'),
    queryFn: ({ signal }) => everyPage<TeamRow>(at(id, '/teams'), signal),
  });
export const planQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id, 'plan'),
    queryFn: ({ signal }) => api.get<PlanUsage>(at(id, '/plan'), { signal }),
  });

/** A change inside an organization: everything shown of it, and who one is, is read afresh. */
function useChange<Body, Answer = void>(id: string, change: (body: Body) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['organization', id] }),
        client.invalidateQueries({ queryKey: keys.me }),
      ]);
    },
  });
}

export const useUpdateOrganization = (id: string) =>
  useChange(id, (body: UpdateOrganizationRequest) => api.patch<Organization>(at(id), { body }));
export const useSetMemberRole = (id: string) =>
  useChange(id, ({ user_id, role }: { user_id: string; role: OrganizationRole }) =>
    api.patch<void>(at(id, `/members/${user_id}`), { body: { role } }),
  );
export const useRemoveMember = (id: string) =>
  useChange(id, (user_id: string) => api.delete(at(id, `/members/${user_id}`)));
export const useTransferOwnership = (id: string) =>
  useChange(id, (user_id: string) => api.post<void>(at(id, '/transfer-ownership'), { body: { user_id } }));
export const useInvite = (id: string) =>
  useChange(id, (body: z.input<typeof CreateInvitationRequest>) =>
    api.post<z.infer<typeof CreatedInvitation>>(at(id, '/invitations'), { body }),
  );
export const useRevokeInvitation = (id: string) =>
  useChange(id, (invitation: string) => api.delete(at(id, `/invitations/${invitation}`)));
export const useGrant = (id: string) =>
  useChange(id, (body: CreateGrantRequest) => api.post<Grant>(at(id, '/grants'), { body }));
export const useRevokeGrant = (id: string) =>
  useChange(id, (grant: string) => api.delete(at(id, `/grants/${grant}`)));
export const useSaveTeam = (id: string) =>
  useChange(id, ({ team, ...body }: { team: string | null; name: string; project_ids: string[] }) =>
    team === null
      ? api.post<unknown>(at(id, '/teams'), { body })
      : api.put<unknown>(at(id, `/teams/${team}`), { body }),
  );
export const useDeleteTeam = (id: string) =>
  useChange(id, (team: string) => api.delete(at(id, `/teams/${team}`)));

export function useAcceptInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => api.post<Organization>('/invitations/accept', { body: { token } }),
    onSuccess: () => client.invalidateQueries(),
  });
}
