// Which language model the environment names; unset, there is none.
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../config.ts';

const model = (environment: Record<string, string>) =>
  readConfig(environment, { data_dir: '/data' }).language_model;

describe('the environment', () => {
  it('names no model by a key alone', () => {
    expect(model({})).toBeUndefined();
    expect(model({ ANTHROPIC_API_KEY: 'k', OPENAI_API_KEY: 'k' })).toBeUndefined();
  });

  it('names the provider by the key that is set, or by name', () => {
    expect(model({ OFS_LLM_MODEL: 'm', ANTHROPIC_API_KEY: 'k' })).toMatchObject({
      provider: 'anthropic',
      api_key: 'k',
      base_url: undefined,
      timeout_seconds: 30,
      price: null,
    });
    expect(model({ OFS_LLM_MODEL: 'm', OPENAI_API_KEY: 'k' })?.provider).toBe('openai');
    expect(
      model({ OFS_LLM_MODEL: 'm', OFS_LLM_PROVIDER: 'openai', OPENAI_API_KEY: 'o', ANTHROPIC_API_KEY: 'a' }),
    ).toMatchObject({ provider: 'openai', api_key: 'o' });
  });

  it('takes a local server without a key, and prices as a pair', () => {
    expect(
      model({
        OFS_LLM_MODEL: 'm',
        OFS_LLM_BASE_URL: 'http://127.0.0.1:11434/v1/',
        OFS_LLM_PRICE_INPUT: '0',
        OFS_LLM_PRICE_OUTPUT: '0.5',
      }),
    ).toMatchObject({
      provider: 'compatible',
      api_key: undefined,
      base_url: 'http://127.0.0.1:11434/v1',
      price: { input: 0, output: 0.5 },
    });
  });

  it.each([
    [{ OFS_LLM_MODEL: 'm' }, /nothing says where it is/],
    [{ OFS_LLM_MODEL: 'm', OFS_LLM_PROVIDER: 'anthropic' }, /needs ANTHROPIC_API_KEY/],
    [{ OFS_LLM_MODEL: 'm', OFS_LLM_PROVIDER: 'compatible' }, /needs OFS_LLM_BASE_URL/],
    [{ OFS_LLM_MODEL: 'm', OPENAI_API_KEY: 'k', OFS_LLM_PRICE_INPUT: '3' }, /together, or neither/],
    [{ OFS_LLM_MODEL: 'm', OPENAI_API_KEY: 'k', OFS_LLM_TIMEOUT_SECONDS: '0' }, /OFS_LLM_TIMEOUT_SECONDS/],
  ])('says in a sentence what is missing: %o', (environment, sentence) => {
    expect(() => model(environment)).toThrow(sentence);
  });
});
