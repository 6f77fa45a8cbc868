export * from "./access";
export * from "./approvals";
export * from "./events";
export * from "./projects";
export * from "./replays";
export * from "./runs";
export * from "./usage";
export * from "./webhooks";
