// Reads the live OpenAPI document as tests need it: its operations, the smallest valid value of a schema, and whether a
// value is what a schema says. Knows the part of JSON Schema that the document uses.

export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | boolean;
  prefixItems?: Schema[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: Schema | boolean;
  pattern?: string;
  format?: string;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  $ref?: string;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema?: Schema;
}

export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  /** 'post /api/v1/projects': how exceptions name it. */
  key: string;
  permission: string | undefined;
  parameters: Parameter[];
  body: Schema | undefined;
  /** Whether the body may be left out: its schema allows null. */
  multipart: boolean;
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

export interface OpenApi {
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: { schemas: Record<string, Schema> };
}

export function operationsOf(document: OpenApi): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => {
      const content = (one['requestBody'] as { content?: Record<string, { schema?: Schema }> } | undefined)
        ?.content;
      return {
        method: method.toUpperCase() as Operation['method'],
        path,
        key: `${method} ${path.replace('/api/v1', '')}`,
        permission: one['x-permission'] as string | undefined,
        parameters: (one['parameters'] as Parameter[] | undefined) ?? [],
        body: content?.['application/json']?.schema,
        multipart: content?.['multipart/form-data'] !== undefined,
        responses: one['responses'] as Operation['responses'],
      };
    }),
  );
}

/** Every value below a schema's object properties that is a UUID: dotted paths. */
export function uuidFields(schema: Schema | undefined, at = ''): string[] {
  if (schema === undefined) return [];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.flatMap((one) => uuidFields(one, at)))];
  if (schema.format === 'uuid') return [at];
  if (typeof schema.items === 'object') return uuidFields(schema.items, `${at}[]`);
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    uuidFields(one, at === '' ? name : `${at}.${name}`),
  );
}

const FORMATS: Record<string, string> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  'date-time': '2030-01-02T03:04:05Z',
  date: '2030-01-02',
  email: 'somebody@example.com',
  uri: 'https://example.com/',
};

/** The smallest value the schema takes: required properties only. `named` gives values for properties by name. */
export function minimal(
  schema: Schema,
  named: (name: string, schema: Schema) => unknown = () => undefined,
): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf)?.[0];
  if (choice !== undefined) return minimal(choice, named);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties !== undefined) {
    const required = schema.required ?? [];
    return Object.fromEntries(
      required.map((name) => {
        const one = schema.properties?.[name] ?? {};
        return [name, named(name, one) ?? minimal(one, named)];
      }),
    );
  }
  if (type === 'array') {
    if (schema.prefixItems !== undefined) return schema.prefixItems.map((one) => minimal(one, named));
    const items = typeof schema.items === 'object' ? schema.items : {};
    return Array.from({ length: schema.minItems ?? 0 }, () => minimal(items, named));
  }
  if (type === 'number' || type === 'integer')
    return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  if (schema.format !== undefined && FORMATS[schema.format] !== undefined) return FORMATS[schema.format];
  const text = 'a word of text that is long enough'.slice(0, schema.maxLength ?? 34);
  return text.padEnd(schema.minLength ?? 0, 'x');
}

/** What is wrong with a value, as a path and a word; undefined where it is as the schema says. */
export function misfit(
  schema: Schema | boolean | undefined,
  value: unknown,
  root: OpenApi,
  at = '$',
): string | undefined {
  if (schema === undefined || schema === true) return undefined;
  if (schema === false) return `${at} should not be there`;
  if (schema.$ref !== undefined)
    return misfit(root.components.schemas[schema.$ref.split('/').at(-1) ?? ''], value, root, at);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    const found = choices.map((one) => misfit(one, value, root, at));
    return found.includes(undefined) ? undefined : found[0];
  }
  for (const one of schema.allOf ?? []) {
    const found = misfit(one, value, root, at);
    if (found !== undefined) return found;
  }
  if (schema.const !== undefined && value !== schema.const) return `${at} is not ${String(schema.const)}`;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return `${at} is not one of the values`;
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) return `${at} is not ${types}`;
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) {
      const found = misfit(schema.prefixItems?.[index] ?? schema.items, one, root, `${at}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const missing = (schema.required ?? []).find((name) => !(name in value));
  if (missing !== undefined) return `${at}.${missing} is missing`;
  for (const [name, one] of Object.entries(value)) {
    const found = misfit(
      schema.properties?.[name] ?? schema.additionalProperties,
      one,
      root,
      `${at}.${name}`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
