declare global {
  /** Answers that are on their way, by path: the page's HTML asked for them. */
  var watchfloorEarly: Record<string, Promise<Response>> | undefined;
}

/** The answer to a reading that began with the page; once. */
export function takeEarlyAnswer(path: string): Promise<Response> | undefined {
  const answer = globalThis.watchfloorEarly?.[path];
  delete globalThis.watchfloorEarly?.[path];
  return answer;
}
