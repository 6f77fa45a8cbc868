/** The bare word that some systems and relays send as the data of their last frame. */
export const doneMark = "[DONE]";
