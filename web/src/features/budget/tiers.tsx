// A contract's discount as rows: one is a plain discount, several are tiers by the order's total at list.
import { Plus, X } from 'lucide-react';
import type { ContractTerms } from '../../../../contract/terms.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';

export interface TierRow {
  up_to: string;
  discount: string;
}

export const plain = (text: string) => Number(text.replaceAll(/[^\d.]/g, ''));

export function rowsOf(contract: ContractTerms | null): TierRow[] {
  if (contract?.tiers)
    return contract.tiers.map((tier) => ({
      up_to: tier.up_to_list === null ? '' : String(tier.up_to_list),
      discount: tier.discount,
    }));
  return [{ up_to: '', discount: contract?.discount ?? '' }];
}

/** One row is a plain discount; several are tiers by the order's total at list. */
export function contractOf(
  name: string,
  rows: readonly TierRow[],
  before: ContractTerms | null,
): ContractTerms | null {
  const kept = rows.filter((row) => row.discount.trim() !== '');
  if (kept.length === 0) return null;
  const frame = {
    name: name.trim() || 'Contract',
    ...(before?.brands ? { brands: before.brands } : {}),
    ...(before?.effective_from ? { effective_from: before.effective_from } : {}),
    ...(before?.effective_to ? { effective_to: before.effective_to } : {}),
  };
  const [only] = kept;
  if (kept.length === 1 && only && only.up_to.trim() === '') return { ...frame, discount: only.discount };
  return {
    ...frame,
    tiers: kept.map((row) => ({
      up_to_list: row.up_to.trim() === '' ? null : plain(row.up_to),
      discount: row.discount,
    })),
  };
}

export function TierFields({
  rows,
  onChange,
}: {
  rows: readonly TierRow[];
  onChange: (rows: TierRow[]) => void;
}) {
  const setRow = (at: number, change: Partial<TierRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Discount off list</legend>
      <p className="mb-1.5 text-xs text-ink-3">
        A chain such as 50/10/5. With several rows the order’s total at list decides; leave the last “up to”
        empty.
      </p>
      <ul className="flex flex-col gap-1.5">
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place.
          <li key={at} className="grid grid-cols-[1fr_1fr_auto] gap-2">
            <Input
              aria-label={`Up to, row ${at + 1}`}
              placeholder="Up to (list total)"
              inputMode="decimal"
              value={row.up_to}
              onChange={(event) => setRow(at, { up_to: event.target.value })}
            />
            <Input
              aria-label={`Discount, row ${at + 1}`}
              placeholder="50/10/5"
              value={row.discount}
              onChange={(event) => setRow(at, { discount: event.target.value })}
            />
            <IconButton
              label={`Remove row ${at + 1}`}
              disabled={rows.length === 1}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button
        size="sm"
        variant="quiet"
        className="mt-1.5"
        onClick={() => onChange([...rows, { up_to: '', discount: '' }])}
      >
        <Plus />
        Tier
      </Button>
    </fieldset>
  );
}
