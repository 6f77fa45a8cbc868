export * from "./access";
export * from "./events";
export * from "./projects";
export * from "./runs";
