// The main job over plain HTTP: from signing up to a selected scenario, as an outside program would do it.
import { setTimeout as wait } from 'node:timers/promises';

export interface JourneyResult {
  project_id: string;
  rooms: number;
  scenarios: { type: string; total_cost: number }[];
  selected: string;
  items: number;
  steps: { step: string; took_ms: number; detail: string }[];
}

export interface JourneyInput {
  base_url: string;
  plan: { file_name: string; bytes: Uint8Array };
  /** Imported when the catalogue is empty and the new account may do so: JSON Lines. */
  catalogue?: () => Uint8Array;
  email: string;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape pass through here
type Json = any;

const SENTENCE =
  'We are moving 60 people into this floor and need 52 workstations with height-adjustable desks and ergonomic chairs. ' +
  'The budget is around $650,000. Sustainability matters a lot to us.';

export async function runJourney({ base_url, plan, catalogue, email }: JourneyInput): Promise<JourneyResult> {
  const steps: JourneyResult['steps'] = [];
  let cookie = '';

  async function call(
    method: string,
    path: string,
    body?: unknown,
    expected = [200, 201, 202, 204],
  ): Promise<Json> {
    const form = body instanceof FormData;
    const response = await fetch(`${base_url}/api/v1${path}`, {
      method,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    if (!expected.includes(response.status))
      throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 600)}`);
    return text === '' ? null : JSON.parse(text);
  }

  async function step<T>(name: string, run: () => Promise<T>, tell: (result: T) => string): Promise<T> {
    const begun = performance.now();
    const result = await run();
    steps.push({ step: name, took_ms: Math.round(performance.now() - begun), detail: tell(result) });
    return result;
  }

  function file(name: string, bytes: Uint8Array): FormData {
    const form = new FormData();
    form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
    return form;
  }

  const me = await step(
    'sign up',
    () =>
      call('POST', '/auth/register', {
        email,
        password: 'a long enough password',
        first_name: 'Jo',
        last_name: 'Journey',
        user_type: 'designer',
      }),
    (answer) => answer.user.email,
  );
  if (catalogue !== undefined && me.is_admin && (await call('GET', '/products?limit=1')).items.length === 0) {
    await step(
      'import the catalogue',
      () => call('POST', '/catalog/imports', file('catalogue.jsonl', catalogue())),
      (answer) => `${answer.created ?? answer.read} products`,
    );
  }
  const project = await step(
    'make a project',
    () => call('POST', '/projects', { name: 'Journey' }),
    (answer) => answer.id,
  );
  const uploaded = await step(
    'upload the plan',
    () => call('POST', `/projects/${project.id}/floor-plans`, file(plan.file_name, plan.bytes)),
    (answer) => answer.file_format,
  );
  await step(
    'read the plan',
    async () => {
      for (;;) {
        const state = await call('GET', `/floor-plans/${uploaded.id}`);
        if (state.status === 'failed')
          throw new Error(`The plan could not be read: ${state.processing_error}`);
        if (state.status === 'analyzed') return state;
        await wait(100);
      }
    },
    (answer) => `${answer.space_count} rooms, ${answer.total_area_sqft} sq ft`,
  );
  const spaces = await call('GET', `/floor-plans/${uploaded.id}/spaces`);
  const conversation = await call('POST', `/projects/${project.id}/conversations`);
  await step(
    'write the brief',
    () => call('POST', `/conversations/${conversation.id}/messages`, { content: SENTENCE }),
    (answer) => answer.changed.join(', '),
  );
  const recommendation = await step(
    'recommend',
    async () => {
      let answer = await call('POST', `/projects/${project.id}/recommendations`, {});
      while (answer.summary.state === 'queued') {
        await wait(200);
        answer = await call('GET', `/recommendations/${answer.id}`);
      }
      if (answer.summary.state !== 'ready')
        throw new Error(`Nothing was recommended: ${answer.notes.join(' ')}`);
      return answer;
    },
    (answer) => `${answer.items.length} lines`,
  );
  const scenarios = (await call('GET', `/projects/${project.id}/budget-scenarios`)).items as Json[];
  const balanced = scenarios.find((one) => one.type === 'balanced');
  const selected = await step(
    'select the balanced scenario',
    () => call('POST', `/budget-scenarios/${balanced.id}/select`),
    (answer) => `${answer.total_cost} ${answer.currency}`,
  );
  return {
    project_id: project.id,
    rooms: spaces.items.length,
    scenarios: scenarios.map(({ type, total_cost }) => ({ type, total_cost })),
    selected: selected.type,
    items: recommendation.items.length,
    steps,
  };
}
