// Amounts of money as people type them.

/** "250,000", "$250000" or "250k" as a number; undefined when empty, null when it cannot be read. */
export function readAmount(text: string): number | undefined | null {
  const plain = text.replaceAll(/[\s,$]/g, '').toLowerCase();
  if (plain === '') return undefined;
  const match = /^(\d+(?:\.\d+)?)(k|m)?$/.exec(plain);
  if (!match) return null;
  return Number(match[1]) * (match[2] === 'k' ? 1000 : match[2] === 'm' ? 1_000_000 : 1);
}
