/** Which part of a report has no price. */
export const unpricedWhy =
  "with tokens that could not be priced: no model was named, its price was not known, or the tokens were not split";
