/** What it is of a report that it has no price. */
export const unpricedWhy = "with tokens that nobody could price: no model named, no price known of it then, or their split not told";
