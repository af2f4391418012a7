// The rooms by their carbon; a row selects its room on the plan.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { SustainabilityReport } from '../../../../contract/sustainability.ts';
import { floorPlansQuery, spacesQuery } from '../../api/floor-plans.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { Carbon } from '../../ui/figures.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { type Sort, Table } from '../../ui/table.tsx';
import { formatPercent } from '../../ui/units.ts';

type Row = SustainabilityReport['by_space'][number] & { name: string };

/** Names of the rooms on the floor shown. */
function useRoomNames(): Map<string, string> {
  const { projectId } = useParams({ from: '/inside/projects/$projectId' });
  const { floor_id } = useSelection();
  const plans = useQuery(floorPlansQuery(projectId));
  const floor = plans.data?.find((plan) => plan.id === floor_id) ?? plans.data?.[0];
  const spaces = useQuery({ ...spacesQuery(floor?.id ?? ''), enabled: floor !== undefined });
  return new Map(
    (spaces.data ?? []).map((space) => [
      space.id,
      [space.number, space.name].filter(Boolean).join(' ') || 'Room without a name',
    ]),
  );
}

export function BySpace({ report }: { report: SustainabilityReport }) {
  const names = useRoomNames();
  const { space_id, selectSpace } = useSelection();
  const [sort, setSort] = useState<Sort>({ key: 'carbon', direction: 'desc' });
  const rows: Row[] = report.by_space.map((row) => ({
    ...row,
    name: row.space_id === null ? 'Whole project' : (names.get(row.space_id) ?? 'Room on another floor'),
  }));
  if (rows.length === 0) return null;
  const figure = (row: Row) =>
    sort.key === 'carbon'
      ? row.carbon_footprint_kg
      : sort.key === 'recycled'
        ? (row.recycled_content_pct ?? -1)
        : 0;
  rows.sort((a, b) => {
    const order =
      sort.key === 'name' ? a.name.localeCompare(b.name, 'en', { numeric: true }) : figure(a) - figure(b);
    return sort.direction === 'asc' ? order : -order;
  });
  return (
    <PanelSection title="By space">
      <Table
        label="Sustainability by space"
        rows={rows}
        rowKey={(row) => row.space_id ?? ''}
        selectedKey={space_id}
        onRowClick={(row) => row.space_id && selectSpace(row.space_id)}
        sort={sort}
        onSort={(key) =>
          setSort({
            key,
            direction:
              sort.key === key
                ? sort.direction === 'asc'
                  ? 'desc'
                  : 'asc'
                : key === 'name'
                  ? 'asc'
                  : 'desc',
          })
        }
        columns={[
          {
            key: 'name',
            header: 'Space',
            sortable: true,
            cell: (row) =>
              row.space_id ? (
                <button
                  type="button"
                  className="text-left hover:underline"
                  onClick={() => row.space_id && selectSpace(row.space_id)}
                >
                  {row.name}
                </button>
              ) : (
                row.name
              ),
          },
          {
            key: 'carbon',
            header: 'Carbon',
            align: 'right',
            sortable: true,
            cell: (row) => <Carbon kg={row.carbon_footprint_kg} />,
          },
          {
            key: 'recycled',
            header: 'Recycled',
            align: 'right',
            sortable: true,
            cell: (row) => formatPercent(row.recycled_content_pct),
          },
          { key: 'grade', header: 'Data', align: 'right', cell: (row) => row.data_quality_grade },
        ]}
      />
    </PanelSection>
  );
}
