// Rows of rules by product: what each covers and what it sets; the most exact word wins. Shared by prices and costs.
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/field.tsx';

export const SCOPES = [
  ['brand', 'Brand'],
  ['collection', 'Collection'],
  ['category', 'Category'],
  ['subcategory', 'Kind'],
  ['sku', 'SKU'],
] as const;
export type Scope = (typeof SCOPES)[number][0] | 'all';

/** One word of a rule in hand; further words of a stored rule are kept as they are. */
export interface RuleRow {
  id: string;
  name: string;
  scope: Scope;
  word: string;
  value: string;
  kept: Partial<Record<Exclude<Scope, 'all'>, string>>;
}

type Stored = { name: string } & { [key in Exclude<Scope, 'all'>]?: string | undefined };

export function rowOf(rule: Stored, value: string): RuleRow {
  const words = SCOPES.flatMap(([key]) => (rule[key] === undefined ? [] : [[key, rule[key]] as const]));
  const [first, ...rest] = words;
  return {
    id: crypto.randomUUID(),
    name: rule.name,
    scope: first?.[0] ?? 'all',
    word: first?.[1] ?? '',
    value,
    kept: Object.fromEntries(rest),
  };
}

export function scopeOf(row: RuleRow): Partial<Record<Exclude<Scope, 'all'>, string>> {
  return { ...row.kept, ...(row.scope === 'all' ? {} : { [row.scope]: row.word.trim() }) };
}

interface RuleRowsProps {
  label: string;
  rows: readonly RuleRow[];
  onChange: (rows: RuleRow[]) => void;
  valueLabel: string;
  placeholder: string;
  disabled: boolean;
  error: (at: number) => string | undefined;
  children?: ReactNode;
}

export function RuleRows(props: RuleRowsProps) {
  const { label, rows, onChange, valueLabel, placeholder, disabled, error } = props;
  const set = (id: string, change: Partial<RuleRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  return (
    <>
      <ul aria-label={label} className="flex flex-col gap-2">
        {rows.map((row, at) => (
          <li key={row.id} className="border-t border-hairline pt-2">
            <div className="grid grid-cols-2 gap-2 sm:grid-cols-[minmax(0,1.3fr)_8rem_minmax(0,1fr)_8rem_auto]">
              <Input
                aria-label={`Name of rule ${at + 1}`}
                placeholder="Name"
                required
                maxLength={100}
                value={row.name}
                onChange={(event) => set(row.id, { name: event.target.value })}
              />
              <Select
                aria-label={`Rule ${at + 1} covers`}
                value={row.scope}
                onChange={(event) => set(row.id, { scope: event.target.value as Scope })}
              >
                <option value="all">Everything</option>
                {SCOPES.map(([key, name]) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </Select>
              <Input
                aria-label={`Word of rule ${at + 1}`}
                placeholder={row.scope === 'all' ? 'all products' : 'exactly as in the catalogue'}
                required={row.scope !== 'all'}
                disabled={row.scope === 'all'}
                maxLength={100}
                value={row.scope === 'all' ? '' : row.word}
                onChange={(event) => set(row.id, { word: event.target.value })}
              />
              <Input
                aria-label={`${valueLabel} of rule ${at + 1}`}
                placeholder={placeholder}
                required
                value={row.value}
                onChange={(event) => set(row.id, { value: event.target.value })}
              />
              {disabled ? null : (
                <IconButton
                  label={`Remove rule ${at + 1}`}
                  onClick={() => onChange(rows.filter((other) => other.id !== row.id))}
                >
                  <X />
                </IconButton>
              )}
            </div>
            {Object.keys(row.kept).length > 0 ? (
              <p className="mt-1 text-xs text-ink-3">
                Only where{' '}
                {Object.entries(row.kept)
                  .map(([key, word]) => `${key} is ${word}`)
                  .join(' and ')}
                .
              </p>
            ) : null}
            {error(at) ? (
              <p role="alert" className="mt-1 text-xs text-bad">
                {error(at)}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      {disabled ? null : (
        <Button
          size="sm"
          variant="quiet"
          className="self-start"
          onClick={() =>
            onChange([
              ...rows,
              { id: crypto.randomUUID(), name: '', scope: 'brand', word: '', value: '', kept: {} },
            ])
          }
        >
          <Plus />
          Rule
        </Button>
      )}
    </>
  );
}
