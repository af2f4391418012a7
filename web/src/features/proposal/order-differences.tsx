// The differences of an order file, line by line: each one, every one of a kind, or all of them are taken over into the bill.
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { APPLIED_KINDS, type SifDifference, type SifImport } from '../../../../contract/exports.ts';
import type { Project } from '../../../../contract/projects.ts';
import { useOrderChange } from '../../api/exports.ts';
import { scenariosQuery } from '../../api/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount, formatMoney } from '../../ui/units.ts';
import { DIFFERENCE_LABELS } from './formats.ts';

interface Row {
  /** In the report's list. */
  place: number;
  difference: SifDifference;
}
type Chosen = ReadonlySet<number>;

const STEP = 200;

/** `children` stand between the list and the buttons. */
export function OrderDifferences({
  project,
  order,
  children,
}: {
  project: Project;
  order: SifImport;
  children: ReactNode;
}) {
  const rows = order.report.differences.map((difference, place): Row => ({ place, difference }));
  const applicable = rows.filter(canBeTaken);
  const [chosen, setChosen] = useState<Chosen>(() => new Set(applicable.map(({ place }) => place)));
  const [shown, setShown] = useState(STEP);
  const scenarios = useQuery(scenariosQuery(project.id));
  const columns = columnsOf(scenarios.data?.find(({ id }) => id === order.scenario_id)?.currency);
  const open = order.status === 'read' && !order.report.cut;
  const change = (of: readonly Row[], wanted: boolean) => {
    const next = new Set(chosen);
    for (const { place } of of)
      if (wanted) next.add(place);
      else next.delete(place);
    setChosen(next);
  };
  return (
    <>
      {open && applicable.length > 0 ? <Kinds rows={applicable} chosen={chosen} onChange={change} /> : null}
      <div className="-mx-1 max-h-96 overflow-auto px-1">
        <Table
          label={`Differences between ${order.file_name} and the bill`}
          columns={open && applicable.length > 0 ? [choice(chosen, change), ...columns] : columns}
          rows={rows.slice(0, shown)}
          rowKey={(row) => String(row.place)}
        />
      </div>
      {rows.length > shown ? (
        <p className="flex flex-wrap items-center gap-3 text-ink-2">
          {formatCount(shown)} of {formatCount(rows.length)} differences are shown.
          <Button size="sm" onClick={() => setShown(shown + STEP)}>
            Show more
          </Button>
        </p>
      ) : null}
      {children}
      {order.status === 'read' && applicable.length < rows.length ? (
        <p className="text-ink-2">
          Prices and descriptions are never taken from a file: they follow from the catalogue and the terms.
        </p>
      ) : null}
      <Actions project={project} order={order} applicable={applicable} chosen={chosen} />
    </>
  );
}

function canBeTaken({ difference }: Row): boolean {
  return APPLIED_KINDS.some((kind) => kind === difference.kind);
}

/** Every difference of a kind at once. */
function Kinds({
  rows,
  chosen,
  onChange,
}: {
  rows: readonly Row[];
  chosen: Chosen;
  onChange: (rows: readonly Row[], wanted: boolean) => void;
}) {
  return (
    <fieldset className="flex flex-wrap gap-x-4">
      <legend className="sr-only">Take over all of a kind</legend>
      {APPLIED_KINDS.map((kind) => {
        const own = rows.filter(({ difference }) => difference.kind === kind);
        const wanted = own.filter(({ place }) => chosen.has(place)).length;
        if (own.length === 0) return null;
        return (
          <Checkbox
            key={kind}
            label={`${DIFFERENCE_LABELS[kind]} (${wanted === own.length ? formatCount(wanted) : `${formatCount(wanted)} of ${formatCount(own.length)}`})`}
            checked={wanted === own.length}
            ref={(box) => {
              if (box) box.indeterminate = wanted > 0 && wanted < own.length;
            }}
            onChange={() => onChange(own, wanted < own.length)}
          />
        );
      })}
    </fieldset>
  );
}

function choice(chosen: Chosen, onChange: (rows: readonly Row[], wanted: boolean) => void): Column<Row> {
  return {
    key: 'choice',
    header: <span className="sr-only">Take over</span>,
    width: '2rem',
    cell: (row) =>
      canBeTaken(row) ? (
        <Checkbox
          label={<span className="sr-only">{`Take over: ${row.difference.detail}`}</span>}
          checked={chosen.has(row.place)}
          onChange={(event) => onChange([row], event.target.checked)}
        />
      ) : null,
  };
}

/** Prices are in the scenario's currency; plain numbers as long as it is not known. */
function columnsOf(currency: string | undefined): readonly Column<Row>[] {
  const shown = ({ kind }: SifDifference, value: SifDifference['before']) => {
    if (value === null) return '–';
    return kind === 'price' && typeof value === 'number'
      ? formatMoney(value, { currency, cents: true })
      : value;
  };
  return [
    { key: 'kind', header: 'What', cell: ({ difference }) => DIFFERENCE_LABELS[difference.kind] },
    {
      key: 'part',
      header: 'Part',
      cell: ({ difference }) => (
        <span className="break-all">
          {difference.part}
          {difference.side_mark === null ? null : (
            <span className="block text-xs text-ink-3">{difference.side_mark}</span>
          )}
        </span>
      ),
    },
    {
      key: 'before',
      header: 'Bill',
      cell: ({ difference }) => shown(difference, difference.before),
      align: 'right',
    },
    {
      key: 'after',
      header: 'File',
      cell: ({ difference }) => shown(difference, difference.after),
      align: 'right',
    },
    {
      key: 'line',
      header: 'Line',
      cell: ({ difference }) => difference.line ?? '–',
      align: 'right',
      wideOnly: true,
    },
  ];
}

/** A bill that was agreed is not changed by a file. */
const AGREED: readonly Project['status'][] = ['approved', 'completed', 'archived'];

function Actions({
  project,
  order,
  applicable,
  chosen,
}: {
  project: Project;
  order: SifImport;
  applicable: readonly Row[];
  chosen: Chosen;
}) {
  const { apply, undo } = useOrderChange(project.id);
  if (order.status === 'undone') return null;
  const agreed = AGREED.includes(project.status);
  if (order.status === 'applied')
    return (
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-ink-2">
          {order.outcome?.changed ?? 0} changed, {order.outcome?.added ?? 0} added,{' '}
          {order.outcome?.removed ?? 0} removed.
        </p>
        <Button
          size="sm"
          busy={undo.isPending}
          disabled={agreed}
          onClick={() =>
            undo.mutate(order.id, {
              onSuccess: () => toast('The bill is as it was.'),
              onError: toastProblem('The order was not taken back'),
            })
          }
        >
          Take it back
        </Button>
        {agreed ? <Agreed status={project.status} /> : null}
      </div>
    );
  if (applicable.length === 0) return null;
  if (order.report.cut)
    return (
      <p className="text-ink-2">
        The file differs in more places than can be taken over; check that it is the right one.
      </p>
    );
  if (agreed) return <Agreed status={project.status} />;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        variant="primary"
        size="sm"
        busy={apply.isPending}
        disabled={chosen.size === 0}
        onClick={() =>
          apply.mutate(
            { id: order.id, differences: [...chosen].sort((a, b) => a - b) },
            {
              onSuccess: () => toast('The bill follows the order file.'),
              onError: toastProblem('The bill was not changed'),
            },
          )
        }
      >
        Take over into the bill
      </Button>
      <p className="text-ink-2" aria-live="polite">
        {chosen.size === applicable.length
          ? `All ${formatCount(applicable.length)} that can be taken over`
          : `${formatCount(chosen.size)} of ${formatCount(applicable.length)} chosen`}
      </p>
    </div>
  );
}

function Agreed({ status }: { status: Project['status'] }) {
  return (
    <p className="text-ink-2">
      This project is {status}: its bill stays as it was agreed. Set the project back to in progress to take
      the order over.
    </p>
  );
}
