// The proposal itself: which parts, which prices, which paper and units; made and shown page by page.
import { useState } from 'react';
import type { z } from 'zod';
import type { CreateExportRequest } from '../../../../contract/exports.ts';
import type { ExportRequest } from '../../api/exports.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Field, Segmented, Select } from '../../ui/field.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { PDF_PARTS } from './formats.ts';

type Prices = NonNullable<z.input<typeof CreateExportRequest>['prices']>;
type Units = 'imperial' | 'metric';

interface ProposalFormProps {
  audience: 'client' | 'dealer';
  busy: boolean;
  onMake: (options: Partial<ExportRequest>) => void;
}

export function ProposalForm({ audience, busy, onMake }: ProposalFormProps) {
  const own = useUnits();
  const [parts, setParts] = useState<readonly string[]>(PDF_PARTS.map(({ part }) => part));
  const [prices, setPrices] = useState<Prices>('lines');
  const [paper, setPaper] = useState('');
  const [units, setUnits] = useState<Units>(own);
  const toggle = (part: string) =>
    setParts(parts.includes(part) ? parts.filter((one) => one !== part) : [...parts, part]);
  const make = () =>
    onMake({
      format: 'pdf',
      units,
      prices,
      ...(parts.length === PDF_PARTS.length ? {} : { parts: [...parts] }),
      ...(paper === '' ? {} : { paper: paper as 'A4' | 'Letter' }),
    });
  return (
    <div className="flex flex-col gap-4 rounded-md border border-line bg-surface p-4">
      <div>
        <p className="text-sm font-medium">PDF proposal</p>
        <p className="text-sm text-ink-2">
          {audience === 'client'
            ? 'For the client: never with cost or margin.'
            : 'For the dealer: internal, with cost and margin where you may see them.'}
        </p>
      </div>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Parts</legend>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-3">
          {PDF_PARTS.map(({ part, label }) => (
            <Checkbox key={part} label={label} checked={parts.includes(part)} onChange={() => toggle(part)} />
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <Field label="Prices">
          <Select value={prices} onChange={(event) => setPrices(event.target.value as Prices)}>
            <option value="lines">Every price</option>
            <option value="totals">Totals only</option>
            <option value="none">No prices</option>
          </Select>
        </Field>
        <Field label="Paper">
          <Select value={paper} onChange={(event) => setPaper(event.target.value)}>
            <option value="">As branded</option>
            <option value="Letter">Letter</option>
            <option value="A4">A4</option>
          </Select>
        </Field>
        <div className="flex flex-col gap-1.5">
          <span className="text-sm font-medium">Units</span>
          <Segmented
            size="md"
            label="Units of the proposal"
            value={units}
            onChange={setUnits}
            options={[
              { value: 'imperial', label: 'Feet' },
              { value: 'metric', label: 'Metres' },
            ]}
          />
        </div>
      </div>
      {prices === 'none' ? (
        <p className="text-sm text-ink-2">
          Without prices, scenarios, budget, return and assumptions are left out.
        </p>
      ) : null}
      <div>
        <Button variant="primary" data-make="pdf" busy={busy} disabled={parts.length === 0} onClick={make}>
          Make and look at it
        </Button>
      </div>
    </div>
  );
}
