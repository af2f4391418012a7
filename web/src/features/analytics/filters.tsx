// What the charts are limited to: an organization, a kind of user, a period.
import { USER_TYPES } from '../../../../contract/accounts.ts';
import { useMe } from '../../api/accounts.ts';
import { Input, Segmented, Select } from '../../ui/field.tsx';
import { humanize } from '../../ui/units.ts';
import { PERIODS, type PeriodState } from './period.ts';

export function Filters({ period }: { period: PeriodState }) {
  const { organizations } = useMe();
  const { query, days, change } = period;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <>
      {organizations.length > 1 ? (
        <Select
          aria-label="Organization"
          controlSize="sm"
          className="[&_select]:h-8"
          value={query.organization_id ?? ''}
          onChange={(event) => change({ organization_id: event.target.value || undefined })}
        >
          <option value="">All organizations</option>
          {organizations.map((organization) => (
            <option key={organization.organization_id} value={organization.organization_id}>
              {organization.name}
            </option>
          ))}
        </Select>
      ) : null}
      <Select
        aria-label="Kind of user"
        controlSize="sm"
        className="[&_select]:h-8"
        value={query.user_type ?? ''}
        onChange={(event) => change({ user_type: event.target.value || undefined })}
      >
        <option value="">All users</option>
        {USER_TYPES.map((type) => (
          <option key={type} value={type}>
            {humanize(type)}
          </option>
        ))}
      </Select>
      <span className="inline-flex items-center gap-1.5">
        <Input
          type="date"
          aria-label="From"
          className="h-8! w-34 text-sm"
          max={query.to}
          value={query.from}
          onChange={(event) => event.target.value && change({ from: event.target.value, to: query.to })}
        />
        <Input
          type="date"
          aria-label="To"
          className="h-8! w-34 text-sm"
          min={query.from}
          max={today}
          value={query.to}
          onChange={(event) => event.target.value && change({ from: query.from, to: event.target.value })}
        />
      </span>
      <Segmented
        label="Period"
        value={String(days ?? '')}
        options={PERIODS.map((each) => ({ value: String(each.days), label: each.label }))}
        onChange={(value) => change({ days: Number(value) })}
      />
    </>
  );
}
