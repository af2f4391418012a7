// A generated catalogue as JSON Lines, the way an import takes it.
import { generateCatalog } from '../../engine/catalog/generator/generate.ts';

export function generateCatalogLines(count = 500, seed = 11): Uint8Array {
  const lines: string[] = [];
  for (const { product } of generateCatalog({ seed, count })) lines.push(JSON.stringify(product));
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}
