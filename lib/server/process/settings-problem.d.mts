/** The first invalid setting of the environment as one line for a person, or null. An empty value counts as not set. */
export function settingsProblem(env: Readonly<Record<string, string | undefined>>): string | null;
