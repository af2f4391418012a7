// A project as far as a person can bring it in an afternoon, made over plain HTTP: a plan that was read, a brief from
// one message, furniture with three scenarios, one of them selected.
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { until } from '../servers/processes.ts';

export interface Prepared {
  project_id: string;
  /** A product of the catalogue. */
  product_id: string;
  /** The session cookie, as browsers take it. */
  cookie: { name: string; value: string; url: string };
}

const BRIEF =
  'We are 60 people and need 48 workstations with standing desks, six meeting rooms and four phone booths. ' +
  'Up to $400k, installed by the end of next September. Modern, low carbon. No lockers please.';

export async function prepareProject(url: string): Promise<Prepared> {
  let cookie = '';
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const form = body instanceof FormData;
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, ...(body === undefined || form ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    return text === '' ? null : JSON.parse(text);
  };
  const person = { first_name: 'Noor', last_name: 'Field', company: 'Field & Line' };
  await call('POST', '/auth/register', {
    ...person,
    email: 'noor@field.example',
    password: 'paper and pencil lines',
  });
  const project = (await call('POST', '/projects', {
    name: 'Mill Lane, ground floor',
    client: { name: 'Teal and Rowe' },
  })) as { id: string };
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(samplePlanDxf(7))]), 'mill-lane.dxf');
  const plan = (await call('POST', `/projects/${project.id}/floor-plans`, form)) as { id: string };
  await until(
    async () => ((await call('GET', `/floor-plans/${plan.id}`)) as { status: string }).status === 'analyzed',
    'The plan was not read.',
  );
  const conversation = (await call('POST', `/projects/${project.id}/conversations`, {})) as { id: string };
  await call('POST', `/conversations/${conversation.id}/messages`, { content: BRIEF });
  await call('POST', `/projects/${project.id}/recommendations`, {});
  const scenarios = async () =>
    (await call('GET', `/projects/${project.id}/budget-scenarios`)) as {
      items: { id: string; type: string }[];
    };
  await until(async () => (await scenarios()).items.length === 3, 'There are no three scenarios.', 120_000);
  const balanced = (await scenarios()).items.find((scenario) => scenario.type === 'balanced');
  await call('POST', `/budget-scenarios/${balanced?.id}/select`);
  const products = (await call('GET', '/products?limit=1')) as { items: { id: string }[] };
  const [name = '', value = ''] = cookie.split('=');
  return {
    project_id: project.id,
    product_id: products.items[0]?.id ?? '',
    cookie: { name, value, url },
  };
}
