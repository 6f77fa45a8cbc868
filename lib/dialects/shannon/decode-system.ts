import { clip, definedOrNone, own, readBoolean, readCount, readId, readString } from "../shared";
import { errorKeys, errorOf } from "./error-of";
import type { ShannonRule, ShannonRules } from "./rule";

const failure: ShannonRule = { keys: errorKeys, read: (event) => ({ error: errorOf(event) }) };

/** An attempt that reports no success is a warning, still under Shannon's own type. */
const recovery: ShannonRule = {
  keys: ["recovery_action", ...errorKeys],
  read: (event) => ({
    name: readString(event.fields, "recovery_action"),
    error: errorOf(event),
    level: readBoolean(event.fields, "success") === false ? "warn" : undefined,
  }),
};

const warning: ShannonRule = { keys: [], read: ({ message }) => ({ level: "warn", text: message }) };

const workspace: ShannonRule = {
  keys: ["key", "value"],
  read: ({ fields }) => ({ name: readId(fields, "key"), output: own(fields, "value") }),
};

const pathKeys = ["screenshot_path", "path", "filename", "name"];
const screenshot: ShannonRule = {
  keys: [...pathKeys, "size_bytes", "size", "content_type", "media_type"],
  read: ({ fields, message }) => {
    const name = readString(fields, ...pathKeys);
    return {
      name,
      artifact: definedOrNone({
        bytes: readCount(fields, "size_bytes", "size"),
        contentType: readString(fields, "content_type", "media_type"),
      }),
      summary: clip(message) ?? clip(name),
    };
  },
};

/** Errors, memory and files. */
export const systemRules: ShannonRules = [
  ["ERROR_OCCURRED", failure],
  ["ERROR_RECOVERY", recovery],
  ["WARNING", warning],
  ["WORKSPACE_UPDATED", workspace],
  ["SCREENSHOT_SAVED", screenshot],
];
