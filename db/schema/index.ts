export * from "./access";
export * from "./events";
export * from "./projects";
export * from "./replays";
export * from "./runs";
export * from "./webhooks";
