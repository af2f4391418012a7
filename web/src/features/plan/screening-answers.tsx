// What a plan cannot show and only a person can say: sprinklers, occupancy, which doors are exits. Answers are saved as
// they are given, and the screening follows.
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import { OCCUPANCIES, type Screening, type UpdateScreeningAnswers } from '../../../../contract/screening.ts';
import { useAnswerScreening } from '../../api/screening.ts';
import { Badge } from '../../ui/badge.tsx';
import { EditableText } from '../../ui/editable.tsx';
import { Checkbox, Field, Segmented, Select } from '../../ui/field.tsx';
import { Inches } from '../../ui/figures.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { doorBox, exitKey } from './screening-layer.tsx';
import type { PlanStage } from './stage.tsx';

type Change = z.infer<typeof UpdateScreeningAnswers>;

const OCCUPANCY_LABELS: Record<(typeof OCCUPANCIES)[number], string> = {
  A: 'A, assembly',
  B: 'B, business',
  E: 'E, education',
  M: 'M, mercantile',
  'S-1': 'S-1, storage',
  'S-2': 'S-2, low-hazard storage',
};

const YES_NO: readonly {
  key: 'sprinklered' | 'ground_floor' | 'stairs_enclosed' | 'door_closers';
  label: string;
  note: string;
}[] = [
  { key: 'sprinklered', label: 'Sprinklers', note: 'throughout the building' },
  { key: 'ground_floor', label: 'Ground floor', note: 'people leave the building here' },
  { key: 'stairs_enclosed', label: 'Enclosed stairs', note: 'that count as exits' },
  { key: 'door_closers', label: 'Door closers', note: 'with latches' },
];

export function ScreeningAnswersForm({
  plan,
  screening,
  stage,
}: {
  plan: FloorPlan;
  screening: Screening;
  stage: PlanStage;
}) {
  const answer = useAnswerScreening(plan, stage.project.id);
  const save = (change: Change) =>
    answer.mutate(change, { onError: toastProblem('The answer was not saved') });
  const asked = new Set(screening.checks.flatMap((check) => check.asks ?? []));
  const { answers } = screening;
  const disabled = !stage.may_edit;
  return (
    <fieldset disabled={disabled} className="mb-4 rounded-md border border-line">
      <legend className="ml-2 px-1 text-xs text-ink-3">What the drawing cannot show</legend>
      <div className="divide-y divide-hairline px-3">
        {YES_NO.map(({ key, label, note }) => (
          <Row key={key} label={label} note={note} wanted={answers[key] === undefined && asked.has(key)}>
            <Segmented
              label={label}
              value={answers[key] === undefined ? 'open' : answers[key] ? 'yes' : 'no'}
              options={[
                { value: 'yes', label: 'Yes' },
                { value: 'no', label: 'No' },
                { value: 'open', label: 'Not said' },
              ]}
              onChange={(value) => save({ [key]: value === 'open' ? null : value === 'yes' })}
            />
          </Row>
        ))}
        <Row
          label="Occupancy"
          note="business where nobody says"
          wanted={answers.occupancy === undefined && asked.has('occupancy')}
        >
          <Field label="Occupancy group" hideLabel>
            <Select
              controlSize="sm"
              className="w-44"
              value={answers.occupancy ?? ''}
              onChange={(event) => {
                const value = OCCUPANCIES.find((group) => group === event.target.value);
                save({ occupancy: value ?? null });
              }}
            >
              <option value="">Not said</option>
              {OCCUPANCIES.map((group) => (
                <option key={group} value={group}>
                  {OCCUPANCY_LABELS[group]}
                </option>
              ))}
            </Select>
          </Field>
        </Row>
        <Row label="Adopted code" note="a note; figures stay those of the 2021 edition">
          {disabled ? (
            <span className="text-sm text-ink-2">{answers.adopted_code ?? 'Not said'}</span>
          ) : (
            <EditableText
              label="Adopted code"
              value={answers.adopted_code ?? ''}
              placeholder="Not said"
              maxLength={200}
              mayBeEmpty
              onSave={(text) => save({ adopted_code: text === '' ? null : text })}
            />
          )}
        </Row>
        <Exits screening={screening} stage={stage} save={save} wanted={asked.has('exits')} />
      </div>
    </fieldset>
  );
}

function Row(props: { label: string; note?: string; wanted?: boolean; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2">
      <div className="mr-auto min-w-0">
        <span className="text-sm">{props.label}</span>{' '}
        {props.wanted ? <Badge tone="warn">asked</Badge> : null}
        {props.note ? <span className="block text-xs text-ink-3">{props.note}</span> : null}
      </div>
      {props.children}
    </div>
  );
}

const KINDS = { exterior: 'to the outside', stair: 'to a stair', other: 'to what was not read' } as const;

function Exits(props: {
  screening: Screening;
  stage: PlanStage;
  save: (change: Change) => void;
  wanted: boolean;
}) {
  const { screening, stage, save } = props;
  const names = new Map(
    stage.spaces.map((space) => [
      space.id,
      [space.number, space.name].filter(Boolean).join(' ') || 'a room without a name',
    ]),
  );
  const open = screening.exits.filter((exit) => exit.is_exit).length;
  const show = (doorId: string) => {
    const pressed = stage.finding === exitKey(doorId);
    stage.setFinding(pressed ? null : exitKey(doorId));
    const box = pressed ? null : doorBox(stage, doorId);
    if (box) stage.zoomTo(box);
  };
  return (
    <details className="py-2" open={props.wanted}>
      <summary className="cursor-pointer text-sm">
        Exits{' '}
        <span className="text-ink-3">
          {open} of {screening.exits.length} doors
        </span>{' '}
        {props.wanted ? <Badge tone="warn">asked</Badge> : null}
      </summary>
      {screening.exits.length === 0 ? (
        <p className="mt-1 text-sm text-ink-3">No door to the outside or to a stair was read.</p>
      ) : (
        <ul className="mt-1">
          {screening.exits.map((exit) => {
            const from = exit.space_id ? (names.get(exit.space_id) ?? exit.door_id) : exit.door_id;
            return (
              <li key={exit.door_id} className="flex items-center gap-3">
                <Checkbox
                  className="min-w-0"
                  checked={exit.is_exit}
                  onChange={(event) => save({ exits: { [exit.door_id]: event.target.checked } })}
                  label={
                    <span className="min-w-0">
                      {from} <span className="text-ink-3">{KINDS[exit.kind]}</span>
                    </span>
                  }
                />
                <span className="ml-auto text-xs whitespace-nowrap text-ink-3">
                  {exit.clear_width_in === null ? null : <Inches inches={Math.round(exit.clear_width_in)} />}
                  {exit.by === 'user' ? ' · as marked' : null}
                </span>
                <button
                  type="button"
                  className="min-h-6 rounded-sm px-1.5 text-xs text-accent hover:bg-hover"
                  aria-label={`Show the door of ${from} on the drawing`}
                  aria-pressed={stage.finding === exitKey(exit.door_id)}
                  onClick={() => show(exit.door_id)}
                >
                  Show
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </details>
  );
}
