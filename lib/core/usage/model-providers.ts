import type { Usage } from "../events/canonical";
import { clip } from "../run/clip";
import { type Keyed, lookup, put } from "../run/record";

/** The provider of each model; null if its calls name several. Contains only models whose provider was named, at most 200. */
export type ModelProviders = Keyed<string | null>;

const mostModels = 200;
const nameLimit = 200;

/** The result does not depend on the order of calls. */
export function noteProvider(providers: ModelProviders | undefined, usage: Usage): ModelProviders | undefined {
  if (usage.model === undefined || usage.provider === undefined) return providers;
  const model = clip(usage.model, nameLimit);
  const provider = clip(usage.provider, nameLimit);
  const known = providers && lookup(providers, model);
  if (known === null || known === provider) return providers;
  if (known === undefined && Object.keys(providers ?? {}).length >= mostModels) return providers;
  const next = { ...providers };
  put(next, model, known === undefined ? provider : null);
  return next;
}
