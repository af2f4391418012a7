// The rules behind every bill: what a kind of room gets, how many, from which source; an organization's own figures beside
// what is built in. And how much floor a seat takes.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { organizationRoleMay } from '../../../../contract/permissions.ts';
import type { KitRuleRow, PlanningStandards } from '../../../../contract/terms.ts';
import { standardsQuery } from '../../api/decisions.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { SearchInput, Select } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { formatCount, humanize } from '../../ui/units.ts';
import { useOrganization } from '../settings/organization.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { SpaceStandards } from './space-standards.tsx';

export default function StandardsPage() {
  const organization = useOrganization();
  if (!organization)
    return (
      <EmptyState title="No organization">
        Standards belong to an organization; ask to be invited to yours.
      </EmptyState>
    );
  const { organization_id, role } = organization;
  return (
    <Standards
      key={organization_id}
      organizationId={organization_id}
      mayEdit={organizationRoleMay(role, 'organization:manage')}
    />
  );
}

function Standards({ organizationId, mayEdit }: { organizationId: string; mayEdit: boolean }) {
  const query = useQuery(standardsQuery(organizationId));
  if (query.isPending) return <SkeletonLines lines={10} />;
  if (query.isError)
    return (
      <ErrorState
        title="The standards could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  return (
    <div className="flex flex-col gap-8">
      <p className="max-w-160 text-sm text-ink-2">
        What each kind of room gets, and how many of it. A figure of your own goes before the built-in one in
        every recommendation made from then on; furniture recommended before stays as it is.
        {mayEdit ? '' : ' Owners and administrators change them.'}
      </p>
      <Rules organizationId={organizationId} rules={query.data.rules} mayEdit={mayEdit} />
      <SpaceStandards organizationId={organizationId} rows={query.data.space_standards} mayEdit={mayEdit} />
    </div>
  );
}

const BASIS: Record<KitRuleRow['basis'], readonly [string, string]> = {
  workstations: ['workstation', 'workstations'],
  seats: ['seat', 'seats'],
  room: ['room', 'rooms'],
  area_sqft: ['sq ft', 'sq ft'],
};

const MEASURE: Record<KitRuleRow['measure'], string> = {
  each: '1',
  seats: '1 seat',
  compartments: '1 compartment',
};

/** "1 for 12 seats, at least 1": how many, in words. */
export function inWords({ basis, measure }: KitRuleRow, figures: KitRuleRow['in_force']): string {
  if (!figures.enabled) return 'Off';
  const { per, at_least: least, at_most: most } = figures;
  const [one, many] = BASIS[basis];
  const rate =
    per < 1 && Number.isInteger(Math.round((100 / per) * 100) / 10_000)
      ? `${formatCount(Math.round(1 / per))} for each ${one}`
      : per === 1
        ? `${MEASURE[measure]} for each ${one}`
        : `${MEASURE[measure]} for ${per.toLocaleString('en-US')} ${many}`;
  const bounds = [
    least === null ? null : `at least ${formatCount(least)}`,
    most === null ? null : `at most ${formatCount(most)}`,
  ].filter(Boolean);
  return [rate, ...bounds].join(', ');
}

interface RulesProps {
  organizationId: string;
  rules: PlanningStandards['rules'];
  mayEdit: boolean;
}

function Rules({ organizationId, rules, mayEdit }: RulesProps) {
  const [kit, setKit] = useState('');
  const [words, setWords] = useState('');
  const [editing, setEditing] = useState<string | null>(null);
  const kits = [...new Set(rules.flatMap((rule) => rule.kits))];
  const shown = rules.filter(
    (rule) =>
      (kit === '' || (kit === 'own' ? rule.own : rule.kits.some((each) => each === kit))) &&
      `${rule.label} ${rule.id} ${rule.in_force.source}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const groups = Map.groupBy(shown, (rule) => (kit && kit !== 'own' ? kit : (rule.kits[0] ?? 'other')));
  const edited = rules.find((rule) => rule.id === editing);
  return (
    <section aria-label="Kit rules" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <h2 className="mr-auto text-lg font-semibold max-sm:w-full">Kits</h2>
        <SearchInput
          label="Find a rule"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="w-48 max-sm:flex-1"
        />
        <Select aria-label="Kit" value={kit} onChange={(event) => setKit(event.target.value)}>
          <option value="">All kits</option>
          <option value="own">Changed by you</option>
          {kits.map((each) => (
            <option key={each} value={each}>
              {humanize(each)}
            </option>
          ))}
        </Select>
      </div>
      {shown.length === 0 ? (
        <p className="text-sm text-ink-2">
          {kit === 'own' ? 'No rule is changed: all are as built in.' : 'No rule matches.'}
        </p>
      ) : null}
      {[...groups].map(([name, rows]) => (
        <div key={name}>
          <h3 className="border-b border-line pb-1 text-xs text-ink-3">{humanize(name)}</h3>
          <ul>
            {rows.map((rule) => (
              <RuleRow key={rule.id} rule={rule} onEdit={mayEdit ? () => setEditing(rule.id) : undefined} />
            ))}
          </ul>
        </div>
      ))}
      {edited ? (
        <RuleDialog organizationId={organizationId} rule={edited} onClose={() => setEditing(null)} />
      ) : null}
    </section>
  );
}

function RuleRow({ rule, onEdit }: { rule: KitRuleRow; onEdit: (() => void) | undefined }) {
  const { in_force, built_in, own } = rule;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-hairline py-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="font-medium">{rule.label}</span>
          <span className={in_force.enabled ? undefined : 'text-ink-3'}>{inWords(rule, in_force)}</span>
          {own ? <Badge tone="accent">Yours</Badge> : null}
          {in_force.priority === 'essential' ? null : (
            <span className="text-xs text-ink-3">{in_force.priority}</span>
          )}
        </p>
        <p className="text-xs text-ink-3">
          {own && built_in ? `Built in: ${inWords(rule, built_in)}. ${built_in.source}` : in_force.source}
        </p>
      </div>
      {onEdit ? (
        <Button size="sm" aria-label={`Edit ${rule.label}, ${rule.id}`} onClick={onEdit}>
          Edit
        </Button>
      ) : null}
    </li>
  );
}
