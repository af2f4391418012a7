// The screening of the floor: what does not pass, what waits for an answer, what passed; a click shows it on the drawing.
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ComplianceCheck } from '../../../../contract/plan.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/states.tsx';
import { formatCount } from '../../ui/units.ts';
import { ScreeningAnswersForm } from './screening-answers.tsx';
import { checkKey, findingBox } from './screening-layer.tsx';
import type { PlanStage } from './stage.tsx';

interface Keyed {
  key: string;
  check: ComplianceCheck;
}

const GROUPS = [
  { status: 'fail', title: 'Does not pass' },
  { status: 'needs_input', title: 'Needs an answer' },
  { status: 'pass', title: 'Passed' },
] as const;
/** Findings of one rule shown before the rest is asked for. */
const FIRST = 3;
/** Where drawing and panel take turns on the screen, a finding brings the drawing. */
const NARROW = '(max-width: 767px)';

export function ScreeningSection({ stage }: { stage: PlanStage }) {
  const { document, screening, plan } = stage;
  if (!document || !plan) return null;
  if (document.scale.feet_per_unit === null) {
    return (
      <PanelSection title="Screening, not a code review">
        <p className="text-sm text-ink-2">
          Nothing is measured while the scale is not known. Give one known distance above, and ways out, doors
          and clearances are looked at.
        </p>
      </PanelSection>
    );
  }
  const keyed = document.compliance.checks.map((check, index) => ({ key: checkKey(check, index), check }));
  const passed = keyed.filter(({ check }) => check.status === 'pass').length;
  return (
    <PanelSection
      title="Screening, not a code review"
      note={`${formatCount(keyed.length - passed)} to look at, ${formatCount(passed)} passed`}
    >
      <p className="mb-3 text-sm text-ink-2">
        An aid to find what to look at, by the figures of IBC 2021 and the 2010 ADA Standards. An architect
        and the authority decide.
      </p>
      {screening ? (
        <ScreeningAnswersForm plan={plan} screening={screening} stage={stage} />
      ) : (
        <SkeletonLines lines={3} />
      )}
      {GROUPS.map(({ status, title }) => (
        <StatusGroup
          key={status}
          title={title}
          checks={keyed.filter(({ check }) => check.status === status)}
          stage={stage}
          folded={status === 'pass'}
        />
      ))}
    </PanelSection>
  );
}

function StatusGroup(props: { title: string; checks: readonly Keyed[]; stage: PlanStage; folded: boolean }) {
  const { title, checks, stage, folded } = props;
  if (checks.length === 0) return null;
  const rules = new Map<string, Keyed[]>();
  for (const one of checks) {
    const rule = `${one.check.code} ${one.check.section}`;
    rules.set(rule, [...(rules.get(rule) ?? []), one]);
  }
  return (
    <details open={!folded} className="mb-4 last:mb-0">
      <summary className="flex min-h-7 cursor-pointer items-center gap-2 text-sm font-medium">
        <StatusDot status={checks[0]!.check.status} hideLabel />
        {title}
        <span className="font-normal text-ink-3">{formatCount(checks.length)}</span>
      </summary>
      {[...rules].map(([rule, own]) => (
        <Rule key={rule} rule={rule} checks={own} stage={stage} />
      ))}
    </details>
  );
}

function Rule({ rule, checks, stage }: { rule: string; checks: readonly Keyed[]; stage: PlanStage }) {
  const [all, setAll] = useState(false);
  const shown = all || checks.length <= FIRST + 1 ? checks : checks.slice(0, FIRST);
  const title = checks[0]?.check.title;
  return (
    <section className="border-t border-hairline py-1.5" aria-label={`${rule} ${title ?? ''}`}>
      <p className="flex flex-wrap gap-x-2 text-xs text-ink-3">
        <span className="tabular-nums">{rule}</span>
        {title ? <span>{title}</span> : null}
      </p>
      <ul className="text-sm">
        {shown.map(({ key, check }) => (
          <li key={key}>
            <CheckLine checkKey={key} check={check} stage={stage} />
          </li>
        ))}
      </ul>
      {shown.length < checks.length ? (
        <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
          Show {formatCount(checks.length - shown.length)} more
        </Button>
      ) : null}
    </section>
  );
}

function CheckLine(props: { checkKey: string; check: ComplianceCheck; stage: PlanStage }) {
  const { checkKey: key, check, stage } = props;
  const navigate = useNavigate();
  const body = (
    <>
      {check.detail}
      {check.needs && check.needs.length > 0 ? (
        <span className="block text-xs text-warn">Say {check.needs.join(', or ')}.</span>
      ) : null}
    </>
  );
  if (!check.where) return <p className="py-1">{body}</p>;
  const pressed = stage.finding === key;
  const show = () => {
    stage.setFinding(pressed ? null : key);
    const box = pressed ? null : findingBox(stage, check);
    if (box) stage.zoomTo(box);
    if (!pressed && window.matchMedia(NARROW).matches)
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, view: 'plan' }),
        resetScroll: false,
      });
  };
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={show}
      className="-mx-1.5 block w-[calc(100%+0.75rem)] rounded-sm px-1.5 py-1 text-left hover:bg-hover aria-pressed:bg-accent-wash"
    >
      {body}
    </button>
  );
}
