/** Where an alert can be told of. Browsers that are open need no channel. */
export const channelKinds = ["webhook", "slack", "email"] as const;
export type ChannelKind = (typeof channelKinds)[number];
