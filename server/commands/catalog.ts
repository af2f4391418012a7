// `ofs catalog import` and `ofs catalog search`: the catalogue from the command line.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { ImportMapping, type ProductSearchResult } from '../../contract/catalog.ts';
import { mappingFaultOf } from '../../engine/catalog/import/preview.ts';
import { LARGE_BATCH } from '../features/catalog/import.ts';
import { formatByName } from '../features/catalog/imports.ts';
import { type Catalog, makeCatalog } from '../features/catalog/service.ts';
import { AppError } from '../platform/errors.ts';
import { openStores } from '../stores.ts';
import { type Command, type CommandCall, UsageError } from './command.ts';
import { parseJson, readInput, textOf } from './input.ts';

export const catalogCommand: Command = {
  name: 'catalog',
  usage:
    'catalog import FILE [--map FILE] | catalog search QUERY|--batch FILE [--limit N] [--category C] [--min-price N] [--max-price N]',
  summary: 'imports CSV, JSON, JSON Lines or SIF; searches in words, by meaning and facts',
  options: {
    map: 'string',
    limit: 'string',
    category: 'string',
    'min-price': 'string',
    'max-price': 'string',
    batch: 'string',
  },
  async run(call) {
    const [verb] = call.words;
    if (verb !== 'import' && verb !== 'search') throw new UsageError(`Usage: ofs ${this.usage}`);
    const work = verb === 'import' ? await planImport(call) : await planSearch(call);
    const { deps, close } = await openStores(call.config, call.log);
    try {
      await work(makeCatalog(deps));
    } finally {
      await close();
    }
  },
};

type Work = (catalog: Catalog) => Promise<void>;

/** Reads everything the command was given before a store is opened. */
async function planImport({ words, options, print }: CommandCall): Promise<Work> {
  const [, file, ...rest] = words;
  if (file === undefined || rest.length > 0)
    throw new UsageError('Usage: ofs catalog import FILE [--map FILE]');
  const mapping = typeof options['map'] === 'string' ? await readMapping(options['map']) : undefined;
  if (file !== '-') {
    await readable(file);
    const fault = mapping && (await mappingFaultOf(createReadStream(file), mapping, formatByName(file)));
    if (fault !== undefined)
      throw new AppError('invalid_input', `${options['map']} does not fit ${file}: ${fault}.`);
  }
  return async (catalog) => {
    const stream = file === '-' ? process.stdin : createReadStream(file);
    const { read, created, updated, rejected } = await catalog.importCatalog(stream, {
      file_name: basename(file),
      mapping,
      format: formatByName(file),
      batch: LARGE_BATCH,
      ahead: true,
      onWarning: (sentence) => process.stderr.write(`ofs: ${sentence}\n`),
      onProgress: (rows) =>
        process.stderr.isTTY && process.stderr.write(`\r${rows.toLocaleString('en-US')} rows`),
    });
    const shown = 20;
    print({ read, created, updated, rejected }, () =>
      [
        `${read} read, ${created} created, ${updated} updated, ${rejected.length} rejected`,
        ...rejected.slice(0, shown).map((one) => `  line ${one.line}: ${one.reason}`),
        ...(rejected.length > shown ? [`  … and ${rejected.length - shown} more; see --json`] : []),
      ].join('\n'),
    );
  };
}

async function readable(file: string): Promise<void> {
  const handle = await import('node:fs/promises').then((fs) => fs.open(file).catch(() => undefined));
  if (handle === undefined || !(await handle.stat()).isFile()) {
    await handle?.close();
    throw new AppError(
      'invalid_input',
      `The file ${file} does not exist or cannot be read; give the path of a file.`,
    );
  }
  await handle.close();
}

async function readMapping(path: string): Promise<z.infer<typeof ImportMapping>> {
  const parsed = ImportMapping.safeParse(parseJson(textOf(await readInput(path)), path));
  if (!parsed.success)
    throw new AppError('invalid_input', `${path} must be an object {"their header": "our name"}.`);
  return parsed.data;
}

async function planSearch({ words, options, print }: CommandCall): Promise<Work> {
  const [, ...query] = words;
  const filters = filtersOf(options);
  const { batch } = options;
  if (typeof batch === 'string') {
    const queries = z
      .record(z.string(), z.string())
      .safeParse(parseJson(textOf(await readInput(batch)), batch));
    if (!queries.success) throw new AppError('invalid_input', `${batch} must be an object {"id": "query"}.`);
    return async (catalog) => {
      const found: [id: string, Awaited<ReturnType<typeof searchOnce>>][] = [];
      for (const [id, q] of Object.entries(queries.data))
        found.push([id, await searchOnce(catalog, q, filters)]);
      const answers = Object.fromEntries(found);
      print(answers, () => JSON.stringify(answers, null, 2));
    };
  }
  if (query.length === 0)
    throw new UsageError(
      'Usage: ofs catalog search QUERY [--limit N] [--category C] [--min-price N] [--max-price N]',
    );
  return async (catalog) => {
    const answer = await searchOnce(catalog, query.join(' '), filters);
    print(
      answer,
      () =>
        answer.results
          .map(
            (one) =>
              `${one.sku.padEnd(16)} ${one.name.padEnd(44)} ${one.category.padEnd(14)} ${one.list_price}`,
          )
          .join('\n') || 'Nothing found.',
    );
  };
}

interface Filters {
  limit: number;
  category?: string;
  min_price?: number;
  max_price?: number;
}

function filtersOf(options: CommandCall['options']): Filters {
  const number = (name: string, least: number, most: number): number | undefined => {
    const text = options[name];
    if (typeof text !== 'string') return undefined;
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new UsageError(`--${name} ${text} is not usable; give a number from ${least} to ${most}.`);
    return value;
  };
  const min_price = number('min-price', 0, 1e9);
  const max_price = number('max-price', 0, 1e9);
  if (min_price !== undefined && max_price !== undefined && min_price > max_price)
    throw new UsageError(
      `--min-price ${min_price} is more than --max-price ${max_price}; nothing costs that.`,
    );
  return {
    limit: Math.trunc(number('limit', 1, 200) ?? 20),
    ...(typeof options['category'] === 'string' ? { category: options['category'] } : {}),
    ...(min_price === undefined ? {} : { min_price }),
    ...(max_price === undefined ? {} : { max_price }),
  };
}

/** Characters of a query that are read, as over HTTP. */
const LONGEST_QUERY = 500;

async function searchOnce(catalog: Catalog, query: string, filters: Filters) {
  const q = query
    .slice(0, LONGEST_QUERY)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ');
  if (query.length > LONGEST_QUERY)
    process.stderr.write(`ofs: only the first ${LONGEST_QUERY} characters of the query are read.\n`);
  const begun = performance.now();
  const { items }: ProductSearchResult = await catalog.searchProducts({ q, ...filters });
  return {
    results: items.map(({ sku, name, category, list_price, score }) => ({
      sku,
      name,
      category,
      list_price,
      score,
    })),
    took_ms: Math.round((performance.now() - begun) * 100) / 100,
  };
}
