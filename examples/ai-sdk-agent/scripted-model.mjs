import { MockLanguageModelV3 } from "ai/test";

/** A model that says what it was told to say, so that the example needs no network and no key. */
export function scriptedModel(steps) {
  let at = 0;
  return new MockLanguageModelV3({
    modelId: "scripted",
    doGenerate: async () => {
      const step = steps[at++];
      const isCall = typeof step !== "string";
      return {
        content: [
          isCall
            ? { type: "tool-call", toolCallId: `call-${at}`, toolName: step.tool, input: JSON.stringify(step.input) }
            : { type: "text", text: step },
        ],
        finishReason: { unified: isCall ? "tool-calls" : "stop", raw: undefined },
        usage: {
          inputTokens: { total: 40 * at, noCache: 40 * at, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 12, text: 12, reasoning: 0 },
        },
        warnings: [],
      };
    },
  });
}
