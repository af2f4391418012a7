import { describe, expect, it } from 'vitest';
import { Brief } from '../../../../contract/brief.ts';
import type { Project } from '../../../../contract/projects.ts';
import {
  BRIEF_FIELDS,
  evidenceFor,
  formatValue,
  placeOf,
  statedValue,
  stemFor,
  stillOpen,
} from './fields.ts';

const project = {
  requirements: { employee_count: 60, special_requirements: ['standing_desks'], excluded: [] },
  budget: { max: 650_000, currency: 'USD', selected_scenario: 'scenario_balanced' },
  timeline: {},
  preferences: { ergonomics: false },
} as unknown as Project;

describe('the fields of a brief', () => {
  it('are those of the contract, each once', () => {
    const shape = Brief.shape;
    const nested = ['budget', 'timeline', 'preferences'] as const;
    const paths = [
      ...Object.keys(shape).filter((key) => !(nested as readonly string[]).includes(key)),
      ...nested.flatMap((name) => Object.keys(shape[name].unwrap().shape).map((key) => `${name}.${key}`)),
    ];
    expect(BRIEF_FIELDS.map((field) => field.path).sort()).toEqual(paths.sort());
  });

  it('are found in the document of the project that holds them', () => {
    expect(placeOf('budget.max')).toEqual({ document: 'budget', key: 'max' });
    expect(placeOf('max_lead_time_days')).toEqual({ document: 'requirements', key: 'max_lead_time_days' });
    expect(statedValue(project, 'budget.max')).toBe(650_000);
    expect(statedValue(project, 'excluded')).toBeUndefined();
    expect(statedValue(project, 'preferences.ergonomics')).toBe(false);
  });

  it('are written as people read them', () => {
    expect(formatValue('budget.max', 650_000, 'imperial', 'EUR')).toBe('€650,000');
    expect(formatValue('area_sqft', 12_480, 'imperial')).toBe('12,480 sq ft');
    expect(formatValue('area_sqft', 12_480, 'metric')).toBe('1,159 m²');
    expect(formatValue('max_lead_time_days', 21, 'imperial')).toBe('21 days');
    expect(formatValue('special_requirements', 'acoustic_privacy', 'imperial')).toBe('Acoustic privacy');
    expect(formatValue('special_requirements', ['standing_desks', 'lockers'], 'imperial')).toBe(
      'Standing desks, lockers',
    );
    expect(formatValue('budget.max', 10, 'imperial', 'not a currency')).toBe('$10');
  });

  it('keep a sentence only while it still says what the field says', () => {
    const evidence = [
      { path: 'employee_count', value: 60, turn: 0, quote: 'We are 60 people.' },
      { path: 'employee_count', value: 48, turn: 1, quote: 'Or 48.' },
    ];
    expect(evidenceFor(evidence, 'employee_count', 60).map((one) => one.quote)).toEqual([
      'We are 60 people.',
    ]);
    expect(evidenceFor(evidence, 'employee_count', 64)).toEqual([]);
  });

  it('close the questions they answer', () => {
    const people = 'How many people will work here, and how many workstations do you need?';
    const budget = 'What is the furniture budget, as a target or an upper limit?';
    const when = 'When must the furniture be delivered, or ready to use?';
    expect(stillOpen([people, budget, when], project)).toEqual([when]);
  });

  it('begin an answer with the caret where the figure goes', () => {
    const { text, caret } = stemFor('How large is the space, in square feet or square metres?');
    expect(`${text.slice(0, caret)}12,000${text.slice(caret)}`).toBe('The space has 12,000 sq ft.');
    expect(stemFor('Anything else?')).toEqual({ text: '', caret: 0 });
  });
});
