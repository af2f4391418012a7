// Applies the operations of a turn to the brief and keeps, for every value, the turn and sentence it came from.
import type { Brief, Evidence, EvidenceValue, SpecialRequirement } from '../../contract/brief.ts';
import { SPECIAL_REQUIREMENTS } from '../../contract/brief.ts';
import { addDays, addMonths, lastDayOfMonth, parseDay, showDay, toDay } from './calendar.ts';
import { COUNT_PATHS, type CountPath, type ListPreference, type Op, type PlacedOp } from './ops.ts';
import { resolvePlain } from './tally.ts';

export interface State {
  brief: Brief;
  evidence: Evidence[];
}

interface Source {
  turn: number;
  quote: string;
}

type Branch = Record<string, unknown>;

export const emptyState = (): State => ({ brief: {}, evidence: [] });
export const copyState = (state: State): State => structuredClone(state);

/** The value at a dotted path of the brief; undefined where it is not stated. */
export function valueAt(brief: Brief, path: string): unknown {
  let at: unknown = brief;
  for (const key of path.split('.'))
    at = typeof at === 'object' && at !== null ? (at as Branch)[key] : undefined;
  return at;
}

function write(brief: Brief, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = brief as Branch;
  for (const key of keys) {
    if (typeof at[key] !== 'object' || at[key] === null) at[key] = {};
    at = at[key] as Branch;
  }
  at[last] = value;
}

function erase(brief: Brief, path: string): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at: Branch | undefined = brief as Branch;
  for (const key of keys) at = at?.[key] as Branch | undefined;
  if (!at) return;
  delete at[last];
  const [top] = keys;
  if (top && Object.keys(at).length === 0) delete (brief as Branch)[top];
}

export class Merger {
  readonly state: State;
  private readonly source: (op: PlacedOp) => Source;
  private readonly started: State;

  constructor(state: State, source: (op: PlacedOp) => Source) {
    this.state = state;
    this.started = copyState(state);
    this.source = source;
  }

  set(path: string, value: EvidenceValue, from: Source): void {
    write(this.state.brief, path, value);
    this.state.evidence = this.state.evidence.filter((entry) => entry.path !== path);
    this.state.evidence.push({ path, value, ...from });
  }

  clear(path: string): void {
    erase(this.state.brief, path);
    this.state.evidence = this.state.evidence.filter(
      (entry) => entry.path !== path && !entry.path.startsWith(`${path}.`),
    );
  }

  include(path: string, value: string, from: Source): void {
    const list = [...((valueAt(this.state.brief, path) as string[] | undefined) ?? [])];
    if (list.some((one) => one.toLowerCase() === value.toLowerCase())) return;
    write(this.state.brief, path, [...list, value]);
    this.state.evidence.push({ path, value, ...from });
  }

  remove(path: string, value: string): void {
    const list = (valueAt(this.state.brief, path) as string[] | undefined) ?? [];
    const rest = list.filter((one) => one !== value);
    if (rest.length === list.length) return;
    if (rest.length > 0) write(this.state.brief, path, rest);
    else erase(this.state.brief, path);
    this.state.evidence = this.state.evidence.filter((entry) => entry.path !== path || entry.value !== value);
  }

  /** Applies the operations of one turn, counts first gathered so that different nouns add up. */
  apply(placed: readonly PlacedOp[]): void {
    for (const path of COUNT_PATHS)
      this.applyCounts(
        path,
        placed.filter((one) => one.op.kind === 'count' && one.op.path === path),
      );
    const replaced = new Set<string>();
    for (const one of placed) this.applyOne(one.op, this.source(one), replaced);
    for (const one of placed) if (one.op.kind === 'ratio') this.applyRatio(one.op, this.source(one));
  }

  private applyCounts(path: CountPath, placed: readonly PlacedOp[]): void {
    const counts = placed.flatMap((one) => (one.op.kind === 'count' ? [{ op: one.op, placed: one }] : []));
    if (counts.length === 0) return;
    const before = this.started.brief[path];
    const plain = counts.filter(({ op }) => op.mode === undefined || op.mode === 'total');
    const changes = counts.filter(
      ({ op }) => op.mode === 'more' || op.mode === 'fewer' || op.mode === 'times',
    );
    let value = before;
    let last = counts[0]?.placed;
    if (plain.length > 0) {
      const resolved = resolvePlain(plain.map(({ op, placed: one }) => ({ op, start: one.start })));
      const also =
        before !== undefined &&
        before > 0 &&
        plain.every(({ op }) => op.also === true && !this.named(path, op.head));
      value = also ? (before ?? 0) + resolved.value : resolved.value;
      last = plain[resolved.index]?.placed;
    }
    for (const { op, placed: one } of changes) {
      if (op.mode === 'times') {
        if (value === undefined || !Number.isInteger(value * op.value)) continue;
        value *= op.value;
      } else if (op.mode === 'fewer') {
        if (value === undefined) continue;
        value = Math.max(0, value - op.value);
      } else value = (value ?? 0) + op.value;
      last = one;
    }
    if (value === undefined || !last) return;
    this.set(path, value, this.source(last));
    if (path === 'phone_booths') {
      this.remove('special_requirements', 'phone_booths');
      if (value > 0) this.remove('excluded', 'phone_booths');
    }
  }

  /** True when the words an earlier turn used for this count include `head`. */
  private named(path: CountPath, head: string): boolean {
    const quote = this.started.evidence.find((entry) => entry.path === path)?.quote.toLowerCase() ?? '';
    const word = head.split(' ').at(-2) ?? head;
    return quote.includes(word.replace(/s$/, ''));
  }

  private applyRatio(op: Extract<Op, { kind: 'ratio' }>, from: Source): void {
    const base = this.state.brief[op.of];
    if (base !== undefined && base > 0) this.set(op.path, Math.ceil((base * op.times) / op.per), from);
  }

  private applyOne(op: Op, from: Source, replaced: Set<string>): void {
    switch (op.kind) {
      case 'set':
        this.set(op.path, op.value, from);
        return;
      case 'budget':
        this.applyBudget(op, from);
        return;
      case 'cap':
        this.capBudget(from);
        return;
      case 'budget_change':
        this.changeBudget(op, from);
        return;
      case 'amend':
        this.amend(op, from);
        return;
      case 'convert': {
        const had = this.state.brief[op.from];
        const moved = op.amount ?? (had ?? 0) * (op.share ?? 0);
        if (had === undefined || moved > had || !Number.isInteger(moved)) return;
        this.set(op.from, had - moved, from);
        this.set(op.to, (this.state.brief[op.to] ?? 0) + moved, from);
        return;
      }
      case 'amend_day':
        this.amendDay(op.day, from);
        return;
      case 'redate': {
        const { delivery_date, installation_date } = this.started.brief.timeline ?? {};
        const installs = installation_date !== undefined && delivery_date === undefined;
        this.set(`timeline.${installs ? 'installation_date' : 'delivery_date'}`, op.value, from);
        return;
      }
      case 'amend_month':
        this.amendMonth(op.month, from);
        return;
      case 'need':
        this.remove('excluded', op.what);
        if (op.what === 'phone_booths' && (this.state.brief.phone_booths ?? 0) > 0) return;
        this.include('special_requirements', op.what, from);
        return;
      case 'lift':
        this.remove('excluded', op.what);
        return;
      case 'refuse':
        this.refuse(op.what, from);
        return;
      case 'reverse':
        if (this.state.brief.excluded?.includes(op.what)) this.include('special_requirements', op.what, from);
        else if (
          this.state.brief.special_requirements?.includes(op.what) ||
          (op.what === 'phone_booths' && this.state.brief.phone_booths !== undefined)
        ) {
          this.refuse(op.what, from);
          return;
        }
        this.remove('excluded', op.what);
        return;
      case 'drop_rest':
        for (const what of [...(this.started.brief.special_requirements ?? [])])
          if (!op.keep.includes(what)) this.refuse(what, from);
        return;
      case 'prefer': {
        const path = `preferences.${op.list satisfies ListPreference}`;
        if (op.replace && !replaced.has(path)) this.clear(path);
        replaced.add(path);
        this.include(path, op.value, from);
        return;
      }
      case 'avoid':
        this.remove(`preferences.${op.list}`, op.value);
        return;
      case 'shift':
        this.shift(op, from);
        return;
      case 'follow': {
        const { timeline } = this.state.brief;
        const day = parseDay(
          (op.of === 'installation_date' ? timeline?.delivery_date : timeline?.installation_date) ?? '',
        );
        if (day) this.set(`timeline.${op.of}`, showDay(addMonths(addDays(day, op.days), op.months)), from);
        return;
      }
      case 'withdraw':
        this.clear(op.path);
        return;
      case 'start_over':
        this.state.brief = {};
        this.state.evidence = [];
        return;
      default:
        return;
    }
  }

  private refuse(what: SpecialRequirement, from: Source): void {
    this.remove('special_requirements', what);
    if (what === 'phone_booths') this.clear('phone_booths');
    this.include('excluded', what, from);
  }

  private applyBudget(op: Extract<Op, { kind: 'budget' }>, from: Source): void {
    const old = this.started.brief.budget;
    const figures = (['min', 'max', 'target'] as const).filter((role) => old?.[role] !== undefined);
    const bare = op.target !== undefined && op.min === undefined && op.max === undefined;
    const [only] = figures;
    if (
      bare &&
      only &&
      figures.length === 1 &&
      only !== 'target' &&
      this.state.brief.budget?.[only] === old?.[only]
    ) {
      this.set(`budget.${only}`, op.target ?? 0, from);
      return;
    }
    const whole = op.min !== undefined && op.max !== undefined;
    if (whole || (bare && figures.length > 1)) {
      for (const role of figures)
        if (this.state.brief.budget?.[role] === old?.[role]) this.clear(`budget.${role}`);
    }
    for (const role of ['min', 'target', 'max'] as const) {
      const value = op[role];
      if (value !== undefined) this.set(`budget.${role}`, value, from);
    }
    const now = this.state.brief.budget ?? {};
    if (op.max !== undefined && now.target !== undefined && now.target > op.max) this.clear('budget.target');
    if (op.max !== undefined && now.min !== undefined && now.min > op.max) this.clear('budget.min');
    if (op.target !== undefined && now.max !== undefined && now.max < op.target) this.clear('budget.max');
    if (op.min !== undefined && now.max !== undefined && now.max < op.min) this.clear('budget.max');
  }

  private capBudget(from: Source): void {
    const { target, max } = this.state.brief.budget ?? {};
    if (target === undefined || max !== undefined) return;
    if (this.started.brief.budget?.target === target) return;
    this.clear('budget.target');
    this.set('budget.max', target, from);
  }

  private changeBudget(op: Extract<Op, { kind: 'budget_change' }>, from: Source): void {
    for (const role of ['min', 'target', 'max'] as const) {
      const value = this.state.brief.budget?.[role];
      if (value !== undefined)
        this.set(`budget.${role}`, Math.round((value * op.factor + op.amount) * 100) / 100, from);
    }
  }

  /** A figure without a noun replaces the figure it names, or the figure that was stated last. */
  private amend(op: Extract<Op, { kind: 'amend' }>, from: Source): void {
    const isFigure = (entry: Evidence): boolean =>
      typeof entry.value === 'number' && entry.path !== 'timeline.flexibility_days';
    const earlier = this.started.evidence.filter(isFigure);
    const numeric = earlier.length > 0 ? earlier : this.state.evidence.filter(isFigure);
    const named =
      op.from === undefined
        ? undefined
        : numeric.findLast((entry) => entry.value === op.from || entry.value === (op.from ?? 0) * 1000);
    const money = numeric.filter((entry) => entry.path.startsWith('budget.'));
    const latest = numeric.filter((entry) => entry.turn === Math.max(...numeric.map((one) => one.turn)));
    const isMoney = op.scaled && op.value >= 1000;
    const similar = [...latest].sort(
      (a, b) => ratio(a.value as number, op.value) - ratio(b.value as number, op.value),
    )[0];
    const target =
      named ??
      ((isMoney || op.money) && money.length > 0
        ? money.at(-1)
        : op.money
          ? undefined
          : op.times
            ? latest.at(-1)
            : similar);
    if (!target) return;
    if (target.path.startsWith('budget.') && (op.delta || op.times)) {
      this.changeBudget({ kind: 'budget_change', factor: op.times ?? 1, amount: op.delta ?? 0 }, from);
      return;
    }
    if (op.delta) {
      this.set(target.path, Math.max(0, (target.value as number) + op.delta), from);
      return;
    }
    if (op.times) {
      const scaled = (target.value as number) * op.times;
      if (Number.isInteger(scaled)) this.set(target.path, scaled, from);
      return;
    }
    if (!target.path.startsWith('budget.') && !Number.isInteger(op.value)) return;
    const lifted =
      target.path.startsWith('budget.') &&
      !op.scaled &&
      op.value < 10_000 &&
      (target.value as number) >= 10_000
        ? op.value * 1000
        : op.value;
    this.set(op.most === true ? 'budget.max' : target.path, lifted, from);
  }

  private amendDay(day: number, from: Source): void {
    const entry = this.started.evidence.findLast((one) => /^timeline\.\w+_date$/.test(one.path));
    const old = parseDay(String(entry?.value ?? ''));
    const moved = old ? toDay(old.year, old.month, day) : null;
    if (entry && moved) this.set(entry.path, showDay(moved), from);
  }

  /** The last day of a month stays the last day. */
  private amendMonth(month: number, from: Source): void {
    const entry = this.started.evidence.findLast((one) => /^timeline\.\w+_date$/.test(one.path));
    const old = parseDay(String(entry?.value ?? ''));
    if (!entry || !old) return;
    const last = old.day === lastDayOfMonth(old.year, old.month);
    const most = lastDayOfMonth(old.year, month);
    this.set(
      entry.path,
      showDay({ year: old.year, month, day: last ? most : Math.min(old.day, most) }),
      from,
    );
  }

  private shift(op: Extract<Op, { kind: 'shift' }>, from: Source): void {
    const paths =
      op.path === 'timeline' ? ['timeline.delivery_date', 'timeline.installation_date'] : [op.path];
    for (const path of paths) {
      const day = parseDay(String(valueAt(this.state.brief, path) ?? ''));
      if (day) this.set(path, showDay(addMonths(addDays(day, op.days), op.months)), from);
    }
  }
}

const ratio = (a: number, b: number): number => Math.abs(Math.log((a + 1) / (b + 1)));

/** Requirements in the order of the contract, so that equal briefs look equal. */
export function tidy(brief: Brief): void {
  for (const list of ['special_requirements', 'excluded'] as const) {
    const values = brief[list];
    if (values) brief[list] = SPECIAL_REQUIREMENTS.filter((what) => values.includes(what));
  }
}
