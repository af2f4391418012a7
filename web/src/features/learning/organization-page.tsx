// What an organization lets be learned from its decisions, and what was learned so far.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { OrganizationLearning } from '../../../../contract/learning.ts';
import { organizationRoleMay } from '../../../../contract/permissions.ts';
import { organizationLearningQuery, useUpdateOrganizationLearning } from '../../api/learning.ts';
import { Badge } from '../../ui/badge.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { Stat, StatRow } from '../../ui/figures.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount, formatPercent } from '../../ui/units.ts';
import { useOrganization } from '../settings/organization.tsx';

export default function OrganizationLearningPage() {
  const organization = useOrganization();
  if (!organization) return null;
  return (
    <Learning
      key={organization.organization_id}
      id={organization.organization_id}
      manages={organizationRoleMay(organization.role, 'organization:manage')}
    />
  );
}

function Learning({ id, manages }: { id: string; manages: boolean }) {
  const query = useQuery(organizationLearningQuery(id));
  if (query.isError)
    return (
      <ErrorState
        title="What was learned could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <SkeletonLines lines={6} />;
  return (
    <>
      <Consent id={id} learning={query.data} manages={manages} />
      <Learned learning={query.data} />
    </>
  );
}

function Consent({
  id,
  learning,
  manages,
}: {
  id: string;
  learning: OrganizationLearning;
  manages: boolean;
}) {
  const update = useUpdateOrganizationLearning(id);
  const save = (change: { use_learned?: boolean; share?: boolean }) =>
    update.mutate(change, {
      onSuccess: () => toast('Saved. It holds from now on.'),
      onError: toastProblem('This was not saved'),
    });
  const off = !manages || update.isPending;
  return (
    <section className="flex max-w-180 flex-col gap-5">
      <Choice
        checked={learning.use_learned}
        disabled={off}
        onChange={(use_learned) => save({ use_learned })}
        label="Rank recommendations by what we decide"
      >
        Accepting, rejecting, swapping and rating furniture teaches your own ranking. It is used for your
        projects alone and makes up at most a quarter of a product’s value. Without it you get the fixed
        ranking, and your own ranking is deleted.
      </Choice>
      <Choice
        checked={learning.share}
        disabled={off}
        onChange={(share) => save({ share })}
        label="Share our decisions with the ranking everybody begins with"
      >
        Only features of products count there, such as price position, lead time or brand: never names of
        people, clients or projects. It learns from five organizations or more together. When you stop
        sharing, every ranking with your decisions in it goes out of use at once and is trained again without
        them.
      </Choice>
      {manages ? null : (
        <p className="text-sm text-ink-3">Only owners and administrators of the organization change this.</p>
      )}
    </section>
  );
}

interface ChoiceProps {
  label: string;
  checked: boolean;
  disabled: boolean;
  onChange: (value: boolean) => void;
  children: ReactNode;
}
function Choice({ label, checked, disabled, onChange, children }: ChoiceProps) {
  return (
    <div className="flex flex-col gap-1">
      <Checkbox
        label={<span className="text-base font-medium">{label}</span>}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <p className="pl-6 text-sm text-ink-2">{children}</p>
    </div>
  );
}

function Learned({ learning }: { learning: OrganizationLearning }) {
  return (
    <section className="flex max-w-180 flex-col gap-4 border-t border-hairline pt-6">
      <h2 className="text-lg font-semibold">What was learned</h2>
      <StatRow>
        <Stat label="Decisions kept" value={formatCount(learning.rows)} />
        <Stat
          label="Ranking"
          value={learning.model_version === null ? 'Fixed' : learning.own_ranking ? 'Your own' : 'Shared'}
          note={learning.model_version ?? 'nothing learned is in use'}
        />
        <Stat
          label="Share of a product’s value"
          value={formatPercent(learning.weight_pct)}
          note="at most 25 %"
        />
      </StatRow>
      {learning.learned.length > 0 ? (
        <ul className="flex flex-col">
          {learning.learned.map((one) => (
            <li
              key={one.feature}
              className="flex items-center gap-3 border-b border-hairline py-2 text-sm last:border-none"
            >
              <span className="min-w-0 flex-1">{one.sentence}</span>
              <Badge tone={Math.abs(one.strength) >= 2 ? 'accent' : 'neutral'}>
                {Math.abs(one.strength) >= 2 ? 'Clear' : 'Likely'}
              </Badge>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-ink-2">
          {learning.use_learned
            ? 'Nothing certain yet. Accept, reject or swap furniture in your projects; the ranking is trained every night.'
            : 'Your recommendations use the fixed ranking.'}
        </p>
      )}
    </section>
  );
}
