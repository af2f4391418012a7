// 150 damaged plans over all readable formats give a document or one clear sentence, in time and within memory.
import { describe, expect, it } from 'vitest';
import { casesOf, FORMATS } from './formats.ts';
import { runCases, summary } from './run.ts';

const COUNT = 150;

describe('damaged plans', () => {
  it(`give a document or a clear refusal: ${COUNT} mutations over ${FORMATS.map(({ name }) => name).join(', ')}`, async () => {
    const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 1_000_000));
    const outcomes = await runCases(casesOf(seed, COUNT), {
      workers: 2,
      timeout_ms: 10_000,
      memory_mb: 1024,
    });
    console.log(`FUZZ_SEED=${seed}\n${summary(outcomes)}`);
    expect(outcomes.length).toBeGreaterThanOrEqual(COUNT);
    expect(outcomes.filter(({ outcome }) => outcome === 'fault')).toEqual([]);
    // Bombs and thickets that have to be ended are told so in one sentence; they stay the exception.
    expect(outcomes.filter(({ outcome }) => outcome === 'ended').length).toBeLessThan(COUNT / 20);
    for (const { name } of FORMATS.filter(({ share }) => share > 0.1)) {
      const own = outcomes.filter(({ format }) => format === name).map(({ outcome }) => outcome);
      expect(own.filter((outcome) => outcome === 'read').length).toBeGreaterThan(own.length / 10);
      expect(own.filter((outcome) => outcome === 'refused').length).toBeGreaterThan(own.length / 20);
    }
  }, 400_000);
});
