// Opens the language model that the settings name. The providers' clients are read only here and only when one is asked:
// without a model the server does not load them.
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { LanguageModelSettings } from '../../../config.ts';

export type Model = LanguageModelV4;

/** Anthropic's messages, OpenAI's responses, or chat completions of any server that speaks them. */
export async function openModel(settings: LanguageModelSettings): Promise<Model> {
  const { provider, model, api_key, base_url } = settings;
  const address = base_url === undefined ? {} : { baseURL: base_url };
  const key = api_key === undefined ? {} : { apiKey: api_key };
  switch (provider) {
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return createAnthropic({ ...key, ...address })(model);
    }
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      return createOpenAI({ ...key, ...address })(model);
    }
    case 'compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      return createOpenAICompatible({
        name: 'compatible',
        baseURL: base_url ?? '',
        includeUsage: true,
        ...key,
      })(model);
    }
  }
}

/** Nothing is to be kept at the provider that need not be. */
export const PROVIDER_OPTIONS: NonNullable<LanguageModelV4CallOptions['providerOptions']> = {
  openai: { store: false },
};
