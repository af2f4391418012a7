// Proposal: the files a project leaves with, for whom, from which scenario, and what each had to leave out.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Export, ExportFormat } from '../../../../contract/exports.ts';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import { type ExportRequest, exportsQuery, useExport } from '../../api/exports.ts';
import { scenariosQuery } from '../../api/recommendations.ts';
import { useLetterKeys } from '../../app/letter-keys.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Segmented, Select } from '../../ui/field.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { PanelBody, PanelHeader, PanelSection } from '../../ui/panel.tsx';
import { showInBox } from '../../ui/scroll.ts';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { formatMoney } from '../../ui/units.ts';
import { Decision } from './decision.tsx';
import { ExportRow } from './export-row.tsx';
import { FORMAT_TEXTS, FORMATS } from './formats.ts';
import { OrderFiles } from './orders.tsx';
import { PreviewDialog } from './preview.tsx';
import { ProposalForm } from './proposal-form.tsx';

/** M to the making of the PDF, A to the approval; Enter then does it. */
const PROPOSAL_KEYS = ['m', 'a'] as const;
const TARGETS = { m: '[data-make=pdf]', a: '[data-decide="0"]' };

export default function Panel({ project }: { project: Project }) {
  useLetterKeys(PROPOSAL_KEYS, (key) => {
    const target = document.querySelector<HTMLElement>(TARGETS[key]);
    target?.focus({ preventScroll: true });
    showInBox(target);
  });
  const made = useQuery(exportsQuery(project.id));
  const scenarios = useQuery(scenariosQuery(project.id));
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  const [lookedAt, setLookedAt] = useState<Export | null>(null);
  const count = made.data?.filter((one) => one.status === 'ready').length ?? 0;
  return (
    <>
      <PanelHeader
        title="Proposal"
        note={
          count === 0
            ? 'Files for the client, the order system and the drawing board'
            : `${count} ${count === 1 ? 'file' : 'files'} ready`
        }
      />
      <PanelBody>
        <NewExport project={project} mayEdit={mayEdit} onMade={setLookedAt} />
        <PanelSection title="Files" note="Kept for thirty days, then deleted.">
          {made.isPending ? (
            <SkeletonLines lines={3} />
          ) : made.isError ? (
            <ErrorState
              title="The files could not be loaded"
              error={made.error}
              onRetry={() => void made.refetch()}
            />
          ) : made.data.length === 0 ? (
            <EmptyState title="No files yet" className="py-2">
              Choose a kind of file above; it is made in the background and appears here with a list of what
              it had to leave out.
            </EmptyState>
          ) : (
            <ul className="divide-y divide-hairline border-y border-hairline">
              {made.data.map((one) => (
                <ExportRow key={one.id} project={project} made={one} onLook={() => setLookedAt(one)} />
              ))}
            </ul>
          )}
        </PanelSection>
        {mayEdit ? <OrderFiles project={project} /> : null}
        {mayEdit && scenarios.data !== undefined ? (
          <Decision project={project} hasBill={scenarios.data.length > 0} />
        ) : null}
      </PanelBody>
      {lookedAt === null ? null : (
        <PreviewDialog
          made={made.data?.find((one) => one.id === lookedAt.id) ?? lookedAt}
          onClose={() => setLookedAt(null)}
        />
      )}
    </>
  );
}

interface NewExportProps {
  project: Project;
  mayEdit: boolean;
  onMade: (made: Export) => void;
}

/** For whom and from which scenario, then the kinds of file. */
function NewExport({ project, mayEdit, onMade }: NewExportProps) {
  const scenarios = useQuery(scenariosQuery(project.id));
  const make = useExport(project.id);
  const units = useUnits();
  const [audience, setAudience] = useState<'client' | 'dealer'>('client');
  const [scenario, setScenario] = useState('');
  const choices = newest(scenarios.data ?? []);
  const [asked, setAsked] = useState<ExportFormat | null>(null);
  const start = (options: Partial<ExportRequest> & { format: ExportFormat }) => {
    setAsked(options.format);
    make.mutate(
      { audience, units, ...(scenario === '' ? {} : { scenario_id: scenario }), ...options },
      {
        onSuccess: (made) => {
          if (made.format === 'pdf') onMade(made);
        },
        onError: toastProblem('The file was not made'),
        onSettled: () => setAsked(null),
      },
    );
  };
  return (
    <PanelSection title="Make a file">
      <div className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="flex flex-col gap-1.5">
          <span className="text-sm font-medium">For</span>
          <Segmented
            size="md"
            label="For whom"
            value={audience}
            onChange={setAudience}
            options={[
              { value: 'client', label: 'Client' },
              ...(mayEdit ? [{ value: 'dealer' as const, label: 'Dealer' }] : []),
            ]}
          />
        </div>
        {choices.length > 0 ? (
          <Field label="Scenario" className="min-w-0 flex-1">
            <Select
              value={scenario}
              onChange={(event) => setScenario(event.target.value)}
              className="max-w-full"
            >
              <option value="">The selected one, else balanced</option>
              {choices.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}, {formatMoney(one.total_cost, { currency: one.currency })}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
      </div>
      <ProposalForm
        audience={audience}
        busy={asked === 'pdf'}
        onMake={(options) => start({ ...options, format: 'pdf' })}
      />
      <ul className="mt-4 divide-y divide-hairline border-y border-hairline">
        {FORMATS.filter((format) => format !== 'pdf').map((format) => {
          const text = FORMAT_TEXTS[format];
          const missing = text.needs_bill && choices.length === 0;
          return (
            <li key={format} className="flex items-center gap-4 py-2.5">
              <div className="min-w-0 flex-1">
                <p className="text-sm font-medium">{text.name}</p>
                <p className="text-sm text-ink-2">
                  {missing ? 'Needs a recommendation first.' : text.purpose}
                </p>
              </div>
              <Button
                aria-label={`Make ${text.name}`}
                disabled={missing || scenarios.isPending}
                busy={asked === format}
                onClick={() => start({ format })}
              >
                Make
              </Button>
            </li>
          );
        })}
      </ul>
    </PanelSection>
  );
}

/** The scenarios of the newest recommendation, in their own order. */
function newest<T extends { recommendation_id: string | null }>(all: readonly T[]): T[] {
  const latest = all[0]?.recommendation_id;
  return all.filter((one) => one.recommendation_id === latest);
}
