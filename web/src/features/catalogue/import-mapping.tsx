// Columns of a file beside ours, its first rows as they would be stored, and the price list they belong to.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type {
  CatalogImportWithPreview,
  ImportColumn,
  ImportPart,
  ImportPreview,
  ImportPreviewRow,
} from '../../../../contract/catalog-imports.ts';
import { importTargetsQuery, usePreviewImport, useStartImport } from '../../api/catalog-imports.ts';
import { fieldError } from '../../api/problem.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Field, Input, Select } from '../../ui/field.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { formatCount, formatMoney, humanize, UNKNOWN } from '../../ui/units.ts';
import { extraCost } from './product-facts.ts';

const SOURCES: Record<NonNullable<ImportColumn['source']>, string> = {
  mapping: 'chosen',
  name: 'our name',
  header: 'by its header',
  content: 'by its content',
};

/** "specifications.dimensions.width_in" as "Dimensions: width in", "options.1.name" as "Option 1: name". */
function labelOf(column: string): string {
  const [, number, part] = /^options\.(\d+)\.(\w+)$/.exec(column) ?? [];
  if (number) return `Option ${number}: ${part}`;
  return humanize(column.replace(/^(specifications|sustainability)\./, '').replaceAll('.', ': '));
}

interface MappingProps {
  one: CatalogImportWithPreview;
  preview: ImportPreview;
  onAnother: () => void;
}

export function ImportMapping({ one, preview, onAnother }: MappingProps) {
  const again = usePreviewImport(one.id);
  const start = useStartImport(one.id);
  const mapping = again.isPending ? (again.variables ?? preview.mapping) : preview.mapping;
  const [prices, setPrices] = useState({ name: '', from: '', to: '' });
  const dated = prices.name !== '' || prices.from !== '' || prices.to !== '';
  const incomplete = dated && (prices.name === '' || prices.from === '');
  const send = (event: FormEvent) => {
    event.preventDefault();
    const price_list = dated
      ? {
          name: prices.name,
          effective_from: prices.from,
          ...(prices.to === '' ? {} : { effective_to: prices.to }),
        }
      : undefined;
    start.mutate({ mapping: preview.mapping, ...(price_list ? { price_list } : {}) });
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-8">
      {preview.problem ? (
        <p role="alert" className="rounded-md bg-bad-wash px-3 py-2 text-sm">
          {preview.problem}
        </p>
      ) : null}
      <Columns
        preview={preview}
        mapping={mapping}
        busy={again.isPending}
        onChange={(header, column) => again.mutate({ ...preview.mapping, [header]: column })}
      />
      {again.isError ? <ErrorState title="The columns were not changed" error={again.error} /> : null}
      <Rows preview={preview} busy={again.isPending} />
      <PriceList prices={prices} onChange={setPrices} error={start.error} />
      {start.isError ? <ErrorState title="The import did not start" error={start.error} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          busy={start.isPending}
          disabled={preview.missing.length > 0 || preview.problem !== null || incomplete || again.isPending}
        >
          Import
        </Button>
        <Button variant="quiet" onClick={onAnother}>
          Another file
        </Button>
        <p className="text-sm text-ink-2">
          {preview.missing.length > 0
            ? `Still without a column: ${preview.missing.map(labelOf).join(', ')}.`
            : incomplete
              ? 'A price list needs a name and the day it begins.'
              : ''}
        </p>
      </div>
    </form>
  );
}

interface ColumnsProps {
  preview: ImportPreview;
  mapping: Record<string, string>;
  busy: boolean;
  onChange: (header: string, column: string) => void;
}

function Columns({ preview, mapping, busy, onChange }: ColumnsProps) {
  const targets = useQuery(importTargetsQuery());
  const known = targets.data?.items ?? [];
  const names = new Set(known.map((target) => target.column));
  return (
    <section>
      <h2 className="text-lg font-semibold">Columns</h2>
      <p className="mb-2 text-sm text-ink-2">
        What each column of the file means here. What has no column of ours is kept with the product.
      </p>
      <div className="overflow-x-auto">
        <Table
          label="Columns of the file"
          columns={[
            {
              key: 'header',
              header: 'In the file',
              cell: (column: ImportColumn) => (
                <>
                  <span className="font-medium">{column.header}</span>
                  <span
                    className="block max-w-28 truncate sm:max-w-72 text-xs text-ink-3"
                    title={column.samples.join(' · ')}
                  >
                    {column.samples.join(' · ') || 'empty in the first rows'}
                  </span>
                </>
              ),
            },
            {
              key: 'ours',
              header: 'Here',
              width: '19rem',
              cell: (column) => {
                const chosen = mapping[column.header] ?? column.column ?? '';
                return (
                  <Select
                    aria-label={`Column for ${column.header}`}
                    value={chosen}
                    disabled={busy}
                    onChange={(event) => onChange(column.header, event.target.value)}
                  >
                    <option value="">Keep as other facts</option>
                    {chosen !== '' && !names.has(chosen) ? (
                      <option value={chosen}>{labelOf(chosen)}</option>
                    ) : null}
                    {known.map((target) => (
                      <option key={target.column} value={target.column}>
                        {labelOf(target.column)}
                        {target.mandatory ? ', needed' : ''}
                      </option>
                    ))}
                  </Select>
                );
              },
            },
            {
              key: 'source',
              header: 'Recognised',
              wideOnly: true,
              cell: (column) => (column.source ? SOURCES[column.source] : UNKNOWN),
            },
          ]}
          rows={preview.columns}
          rowKey={(column) => column.header}
        />
      </div>
    </section>
  );
}

function Rows({ preview, busy }: { preview: ImportPreview; busy: boolean }) {
  const bad = preview.rows.filter((row) => row.problems.length > 0).length;
  return (
    <section className={cx('transition-opacity', busy && 'opacity-50')} aria-busy={busy}>
      <h2 className="text-lg font-semibold">First rows</h2>
      <p className="mb-2 text-sm text-ink-2">
        {bad === 0
          ? `All ${formatCount(preview.rows.length)} would be taken.`
          : `${formatCount(bad)} of ${formatCount(preview.rows.length)} would be refused.`}
      </p>
      <div className="overflow-x-auto">
        <Table
          label="First rows of the file"
          columns={[
            {
              key: 'line',
              header: 'Line',
              width: '4rem',
              cell: (row: ImportPreviewRow) => formatCount(row.line),
            },
            {
              key: 'sku',
              header: 'Sku',
              cell: (row) => row.product?.sku ?? row.parts.map(skuOf).find((sku) => sku !== '') ?? UNKNOWN,
            },
            {
              key: 'name',
              header: 'Name',
              cell: (row) =>
                row.problems.length > 0 ? (
                  <span className="text-bad">
                    <Badge tone="bad">Refused</Badge> {row.problems.join(' ')}
                  </span>
                ) : (
                  <>
                    {row.product?.name}
                    {row.parts.map((part) => (
                      <span key={labelOfPart(part, row)} className="block text-xs text-ink-2">
                        {labelOfPart(part, row)}
                      </span>
                    ))}
                  </>
                ),
            },
            {
              key: 'category',
              header: 'Category',
              wideOnly: true,
              cell: (row) => row.product?.category ?? UNKNOWN,
            },
            {
              key: 'price',
              header: 'List price',
              align: 'right',
              cell: (row) =>
                row.product
                  ? formatMoney(row.product.list_price, {
                      cents: true,
                      ...(row.product.currency ? { currency: row.product.currency } : {}),
                    })
                  : row.parts.map(addsOf).find((adds) => adds !== '') || UNKNOWN,
            },
          ]}
          rows={preview.rows}
          rowKey={(row) => String(row.line)}
        />
      </div>
    </section>
  );
}

const skuOf = (part: ImportPart): string => (part.kind === 'variant' ? part.sku : '');

/**
 * "Variant of L-1: oiled, 180 cm", "Fabric of L-1: Wool"; beside the product itself without its sku and with what it adds,
 * which otherwise stands in the column of prices.
 */
function labelOfPart(part: ImportPart, { product }: ImportPreviewRow): string {
  const own = product?.sku === part.parent_sku;
  const of = own ? '' : ` of ${part.parent_sku}`;
  const adds = product === null ? '' : addsOf(part);
  const what =
    part.kind === 'option'
      ? `${part.group.name}${of}: ${part.choice.name}`
      : `Variant${of}${own ? ` ${part.sku}` : ''}: ${Object.values(part.attributes).join(', ')}`;
  return adds === '' ? what : `${what}, ${adds}`;
}

/** What a part adds to the price of its product, or the price it states itself. */
function addsOf(part: ImportPart): string {
  if (part.kind === 'variant' && part.list_price !== undefined)
    return formatMoney(part.list_price, { cents: true });
  const adds = part.kind === 'variant' ? part.price_adjustment : part.choice.price_adjustment;
  if (adds === undefined) return '';
  return extraCost(adds);
}

interface Dates {
  name: string;
  from: string;
  to: string;
}

function PriceList({
  prices,
  onChange,
  error,
}: {
  prices: Dates;
  onChange: (next: Dates) => void;
  error: unknown;
}) {
  return (
    <section className="max-w-160">
      <h2 className="text-lg font-semibold">Price list</h2>
      <p className="mb-3 text-sm text-ink-2">
        Left empty, the prices hold from now on. With a day ahead, they come into force by themselves on that
        day.
      </p>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <Field label="Name" optional error={fieldError(error, 'price_list.name')}>
          <Input
            value={prices.name}
            maxLength={120}
            onChange={(event) => onChange({ ...prices, name: event.target.value })}
          />
        </Field>
        <Field label="From" optional error={fieldError(error, 'price_list.effective_from')}>
          <Input
            type="date"
            value={prices.from}
            onChange={(event) => onChange({ ...prices, from: event.target.value })}
          />
        </Field>
        <Field label="Until" optional error={fieldError(error, 'price_list.effective_to')}>
          <Input
            type="date"
            value={prices.to}
            min={prices.from}
            onChange={(event) => onChange({ ...prices, to: event.target.value })}
          />
        </Field>
      </div>
    </section>
  );
}
