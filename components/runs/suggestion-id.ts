/** Of an option in the list below a box, for the box to point at. */
export const suggestionId = (listId: string, index: number) => `${listId}-${index}`;
